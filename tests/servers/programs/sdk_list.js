// Lists what a stand-in holds by a published client for node: `sdk_list.js VENDOR`, with what it needs as JSON on its input.
// Prints the ids of each kind of object as JSON.
const QuickBooks = require('node-quickbooks')

async function quickbooks (given) {
  const client = new QuickBooks('key', 'secret', given.token, false, given.realm_id, false, false, given.version, '2.0')
  client.endpoint = `${given.url}/v3/company/`
  const page = [{ field: 'asc', value: 'Id' }, { field: 'limit', value: 100 }, { field: 'fetchAll', value: true }]
  const active = { field: 'Active', operator: 'IN', value: [true, false] }
  const lists = { customers: ['findCustomers', 'Customer', [active, ...page]], invoices: ['findInvoices', 'Invoice', page] }
  const found = {}
  for (const [name, [method, kind, criteria]] of Object.entries(lists)) {
    const answer = await new Promise((resolve, reject) => client[method](criteria, (error, said) => error ? reject(error) : resolve(said)))
    found[name] = answer.QueryResponse[kind].map(one => one.Id)
  }
  return found
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
