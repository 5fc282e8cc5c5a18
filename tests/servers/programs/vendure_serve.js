// Serves an empty Vendure shop on this machine: node vendure_serve.js PACKAGES FOLDER PORT; prints READY when it answers.
const path = require('path');
const {createRequire} = require('module');
const [packages, folder, port] = process.argv.slice(2);
const load = createRequire(path.join(path.resolve(packages), 'package.json'));
const {bootstrap, DefaultJobQueuePlugin} = load('@vendure/core');
const {populate} = load('@vendure/core/cli');

const config = {
  apiOptions: {hostname: '127.0.0.1', port: Number(port), adminApiPath: 'admin-api', shopApiPath: 'shop-api'},
  authOptions: {
    tokenMethod: ['bearer'],
    superadminCredentials: {identifier: 'superadmin', password: 'superadmin'},
  },
  dbConnectionOptions: {type: 'sqljs', location: path.join(folder, 'vendure.sqlite'), autoSave: false, synchronize: true},
  paymentOptions: {paymentMethodHandlers: []},
  // A customer can only be deleted, and never brought back: shops that archive have a field of their own for it.
  customFields: {
    Customer: [
      {name: 'archived', type: 'boolean', defaultValue: false},
      {name: 'reference', type: 'string', nullable: true},
    ],
  },
  plugins: [DefaultJobQueuePlugin],
};
const shop = {
  defaultLanguage: 'en',
  defaultZone: 'Europe',
  taxRates: [{name: 'Standard', percentage: 20}],
  shippingMethods: [{name: 'Post', price: 500}],
  paymentMethods: [],
  countries: [{name: 'Netherlands', code: 'NL', zone: 'Europe'}],
  collections: [],
};

populate(() => bootstrap(config), shop)
  .then(() => console.log('READY'))
  .catch(error => { console.error(error); process.exit(1); });
