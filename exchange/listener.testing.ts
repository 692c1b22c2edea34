import { createJetStreamTransport } from './jetstream-transport.ts'

// A region on a host of its own: takes all that is said to it, and prints the first byte of each.

const [region = '', seed = '', ...servers] = process.argv.slice(2)
createJetStreamTransport({ servers, region, seed }).listen(region, async ([first]) => {
  console.log(first)
  return 'taken'
})
