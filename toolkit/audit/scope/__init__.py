"""What is agreed on with a client: who is right, which field becomes which, what is in scope, what a change costs."""
