# Fills a new Redmine: three projects (one closed, one archived), users (one locked), 130 issues, time entries; prints the
# administrator's key for REST.
Setting.rest_api_enabled = "1"
admin = User.find_by_login("admin")
admin.must_change_passwd = false
admin.save!(validate: false)
# A new Redmine has no trackers, states nor priorities.
unless IssueStatus.exists?
  Redmine::DefaultData::Loader.load("en")
end
one = ->(name, status) {
  made = Project.create!(name: name, identifier: name.downcase.tr(" ", "-"), trackers: Tracker.all)
  made.update_column(:status, status)
  made
}
open_project, = [one.("Acme rollout", 1), one.("Old move", 5), one.("Forgotten", 9)]
users = (1..3).map do |number|
  user = User.new(firstname: "Ann#{number}", lastname: "Smith", mail: "ann#{number}@example.nl", status: number == 3 ? 3 : 1)
  user.login = "ann#{number}"
  user.password = user.password_confirmation = "a-long-password-#{number}"
  user.save!
  user
end
states = IssueStatus.all.to_a
closed = states.find(&:is_closed)
opened = states.reject(&:is_closed).first
issues = (1..130).map do |number|
  issue = Issue.new(project: open_project, tracker: Tracker.first, author: admin, subject: "Issue #{number}",
                    priority: IssuePriority.first, status: number % 10 == 0 ? closed : opened)
  issue.save!
  issue
end
activity = TimeEntryActivity.first
issues.first(40).each_with_index do |issue, number|
  TimeEntry.create!(project: open_project, issue: issue, user: admin, author: admin, hours: 1.25 + number, activity: activity,
                    spent_on: Date.new(2026, 11, 2))
end
# Each changed in a minute of its own.
issues.each_with_index { |issue, number| issue.update_column(:updated_on, Time.utc(2026, 1, 5, 8) + 60 * number) }
puts "KEY #{admin.api_key}"
