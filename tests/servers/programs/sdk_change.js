// Changes what a stand-in holds by a published client for node: `sdk_change.js VENDOR`, with what it needs as JSON on its input.
// The first record gets another name, one is made, the last one is taken away, and a stale version is refused.
const QuickBooks = require('node-quickbooks')

async function quickbooks (given) {
  const client = new QuickBooks('key', 'secret', given.token, false, given.realm_id, false, false, given.version, '2.0')
  client.endpoint = `${given.url}/v3/company/`
  const call = (method, what) => new Promise((resolve, reject) => client[method](what, (error, said) => error ? reject(error) : resolve(said)))
  const first = await call('getCustomer', given.first)
  await call('updateCustomer', { Id: first.Id, SyncToken: first.SyncToken, sparse: true, DisplayName: given.name })
  const made = await call('createCustomer', { DisplayName: 'Made Ltd' })
  const last = await call('getCustomer', given.last)
  await call('updateCustomer', { Id: last.Id, SyncToken: last.SyncToken, sparse: true, Active: false })
  const codes = []
  for (const what of [{ Id: first.Id, SyncToken: first.SyncToken, sparse: true, DisplayName: 'Stale Ltd' }, { DisplayName: 'made LTD' }]) {
    const method = what.Id ? 'updateCustomer' : 'createCustomer'
    await call(method, what).then(() => codes.push('taken'), error => codes.push((error.Fault || error.response.data.Fault).Error[0].code))
  }
  return { made: made.Id, read: (await call('getCustomer', given.first)).DisplayName, refused: codes }
}

let text = ''
process.stdin.on('data', part => { text += part })
process.stdin.on('end', () => {
  const vendors = { quickbooks }
  vendors[process.argv[2]](JSON.parse(text)).then(
    found => console.log(JSON.stringify(found)),
    error => { console.error(String(error.message || JSON.stringify(error)).slice(0, 2000)); process.exit(1) }
  )
})
