import { Command, CommanderError, Option } from 'commander'

/** A command answers its exit code. Each is loaded only when it is asked for, so that `decide` need not load a server. */
const program = new Command('tongban')
  .description('Tongban (通办): one rulebook for public services, from clause to cash')
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text) })

const language = new Option('--lang <language>', 'language of readable output').choices(['zh', 'en']).default('zh')

program
  .command('start')
  .description(
    'start the server (PORT, HOST, TONGBAN_DATA, DATABASE_URL, TONGBAN_MODE, TONGBAN_REGIONS, TONGBAN_PROXY, EXCHANGE_URL, TONGBAN_PARTNERS)',
  )
  .option('--region <code>', 'the node to run, instead of those of TONGBAN_REGIONS; may be repeated', collect, [])
  .action(async (options) => {
    const { start } = await import('./command/start.ts')
    await finish(() => start(options))
  })

program
  .command('nation')
  .description('a trial on this machine: each region and the hub a process, a NATS cluster, PostgreSQL, one page')
  .option('--port <number>', 'of the page; the ports after it are taken too', '4300')
  .option('--data <folder>', 'where everything is kept', '.data/nation')
  .action(async (options) => {
    const { nation } = await import('./command/nation.ts')
    await finish(() => nation(options))
  })

const exchange = program.command('exchange').description('the exchange over NATS')

exchange
  .command('identity')
  .description(
    'what a region tells others about itself: its public signing key and its login at the NATS servers, as JSON',
  )
  .requiredOption('--region <code>', 'whose; its keys are made in TONGBAN_DATA where they are missing')
  .action(async ({ region }) => {
    const { tellIdentity } = await import('./command/exchange.ts')
    await finish(() => tellIdentity(region))
  })

exchange
  .command('permissions')
  .description('the users of the NATS servers with what each may say and hear, for their configuration')
  .argument('<identity...>', 'files with the identities of all regions')
  .requiredOption('--operator <key>', 'public key of the login that makes the inboxes')
  .action(async (files, { operator }) => {
    const { tellPermissions } = await import('./command/exchange.ts')
    await finish(() => tellPermissions(files, operator))
  })

exchange
  .command('inboxes')
  .description('make the inbox of each region on the NATS servers of EXCHANGE_URL, or bring it up to date')
  .requiredOption('--operator <file>', "the operator's login, a file with its seed; made where it is missing")
  .requiredOption('--region <code>', 'whose; may be repeated', collect, [])
  .action(async ({ operator, region }) => {
    const { makeInboxes } = await import('./command/exchange.ts')
    await finish(() => makeInboxes(operator, region))
  })

program
  .command('new-service')
  .description('make the folder of a new public service that runs, has pages and passes the checks')
  .argument('[id]', 'its folder, e.g. swim-grant; what is not told is asked where somebody sits at the terminal')
  .option('--title-zh <words>', 'its Chinese title')
  .option('--title-en <words>', 'its English title')
  .option('--applicant <kind>', 'who applies: person or employer')
  .option('--region <code>', 'whose rule it is (GB/T 2260)')
  .option('--clause <clause>', 'the clause as cases cite it, e.g. C5.03')
  .option('--document <words>', 'the document it stands on')
  .option('--from <date>', 'the first day of the rule, YYYY-MM-DD')
  .option('--prefix <letters>', 'two or three capital letters in front of its case numbers')
  .addOption(language)
  .action(async (id, options) => {
    const { makeNewService } = await import('./command/new-service.ts')
    await finish(() => makeNewService(id, options))
  })

program
  .command('policies')
  .description('list the policies of all services')
  .option('--json', 'with facts, units and values, as JSON')
  .addOption(language)
  .action(async (options) => {
    const { policies } = await import('./command/policies.ts')
    await finish(() => policies(options))
  })

program
  .command('decide')
  .description('decide by a policy with the shipped values')
  .argument('<policy>', 'id of a policy, see "tongban policies"')
  .requiredOption('--facts <facts>', 'JSON, @file, or - for standard input')
  .option('--region <code>', 'region where the person is insured (GB/T 2260)')
  .option('--treatment-region <code>', 'region of treatment; the insured one unless given')
  .option('--on <date>', 'date of the event, YYYY-MM-DD; today unless given')
  .option('--explain', 'every step with its values and clauses')
  .option('--why-not', 'what stands in the way of a grant, every condition with its clause')
  .option('--change [goal]', 'the smallest changes that reach granted, refused, referred or more:<result>[:at least]')
  .option('--json', 'the decision as JSON')
  .addOption(language)
  .action(async (policy, options) => {
    const { decide } = await import('./command/decide.ts')
    await finish(() => decide(policy, options))
  })

program
  .command('ask')
  .description('with some facts known: the answer when it is certain, else the fact to ask next and why')
  .argument('<policy>', 'id of a policy, see "tongban policies"')
  .requiredOption('--facts <facts>', 'JSON, @file, or - for standard input')
  .option('--region <code>', 'region where the person is insured (GB/T 2260)')
  .option('--treatment-region <code>', 'region of treatment; the insured one unless given')
  .option('--on <date>', 'date of the event, YYYY-MM-DD; today unless given')
  .option('--json', 'the answer or the question as JSON')
  .addOption(language)
  .action(async (policy, options) => {
    const { askNext } = await import('./command/ask.ts')
    await finish(() => askNext(policy, options))
  })

program
  .command('capsule')
  .description('decide, and write the decision with everything it was made of, signed, to be verified offline')
  .argument('<policy>', 'id of a policy, see "tongban policies"')
  .requiredOption('--facts <facts>', 'JSON, @file, or - for standard input')
  .option('--region <code>', 'region where the person is insured (GB/T 2260)')
  .option('--treatment-region <code>', 'region of treatment; the insured one unless given')
  .option('--on <date>', 'date of the event, YYYY-MM-DD; today unless given')
  .option('--key <file>', 'the signing keys (JSON); those of the node in TONGBAN_DATA unless given')
  .option('--out <file>', 'where to write it; standard output unless given')
  .addOption(language)
  .action(async (policy, options) => {
    const { capsule } = await import('./command/capsule.ts')
    await finish(() => capsule(policy, options))
  })

program
  .command('verify')
  .description('decide a capsule again, offline, and say what holds; 0 all, 1 not all, 2 unreadable, 3 unknown signer')
  .argument('<file>', 'a capsule')
  .option(
    '--key <file>',
    "the signer's public key (PEM) or keys (JSON); those of the nodes in TONGBAN_DATA unless given",
  )
  .option('--json', 'what was found as JSON')
  .addOption(language)
  .action(async (file, options) => {
    const { verify } = await import('./command/verify.ts')
    await finish(() => verify(file, options))
  })

program
  .command('check')
  .description("check every service: its policies, its table of cases, its values' sources, its messages")
  .option('--on <date>', 'as of this day alone, YYYY-MM-DD')
  .option('--notes', 'also what is not wrong but should be known: cliffs, assumptions, overdue reviews')
  .addOption(language)
  .action(async (options) => {
    const { check } = await import('./command/check.ts')
    await finish(() => check(options))
  })

program
  .command('describe')
  .description('what a policy says, in numbered sentences with the figures it goes by')
  .argument('<policy>', 'id of a policy, see "tongban policies"')
  .option('--region <code>', 'region where the person is insured (GB/T 2260)')
  .option('--on <date>', 'as of this day, YYYY-MM-DD; today unless given')
  .option('--json', 'line by line as JSON')
  .addOption(language)
  .action(async (policy, options) => {
    const { describe } = await import('./command/describe.ts')
    await finish(() => describe(policy, options))
  })

program
  .command('simulate')
  .description(
    'try other values or another rule on synthetic people: cost, winners, losers, by region; without a policy, every one that grants money, in one table',
  )
  .argument('[policy]', 'id of a policy, see "tongban policies"')
  .option(
    '--set <name=value>',
    'another value, or name.key=value for one entry of a table; may be repeated',
    collect,
    [],
  )
  .option('--rule <file>', 'a file with another version of the policy, to compare with the shipped one')
  .option('--region <code>', 'whose people are made up (GB/T 2260); may be repeated', collect, [])
  .option('--on <date>', 'the day whose rule and values are compared, YYYY-MM-DD; today unless given')
  .option('--people <number>', 'how many', '1000000')
  .option('--seed <number>', 'the same seed makes the same people', '1')
  .option('--amount <result>', "the result that is compared; the policy's total unless given")
  .option('--json', 'the comparison as JSON')
  .addOption(language)
  .action(async (policy, options) => {
    if (policy === undefined) {
      const { simulateAll } = await import('./command/simulate-all.ts')
      await finish(() => simulateAll(options))
      return
    }
    const { simulate } = await import('./command/simulate.ts')
    await finish(() => simulate(policy, options))
  })

program
  .command('ledger')
  .description('the books')
  .command('verify')
  .description('find changed, missing, added or reordered rows in the sealed books; ends with 1 where there are any')
  .option('--region <code>', 'of one region only')
  .option('--from <date>', 'what was sealed from this day on, YYYY-MM-DD; from the beginning unless given')
  .option('--head <number:hash>', 'a head of the chain that was kept elsewhere; needs --region')
  .option('--json', 'what was verified and found, as JSON')
  .addOption(language)
  .action(async (options) => {
    const { verifyLedgerCommand } = await import('./command/verify-ledger.ts')
    await finish(() => verifyLedgerCommand(options))
  })

program
  .command('restore')
  .description(
    'put a region back from a backup, verify its books and all its evidence, and ask its partners for what is missing',
  )
  .requiredOption('--region <code>', 'whose (GB/T 2260); its keys must be in TONGBAN_DATA')
  .option('--dump <file>', 'from a dump of pg_dump -Fc, into a database that is empty or not there')
  .option('--programs <folder>', 'where pg_restore is; on the path unless given')
  .option('--base <folder>', "from a copy of the data folder's own PostgreSQL, which must have been moved away")
  .option('--log <folder>', 'the log archived since that copy')
  .option('--to <moment>', 'to this moment, YYYY-MM-DDThh:mm:ss.sssZ; the last archived one unless given')
  .option('--since <moment>', 'ask the partners for all since then, a quarter of an hour before the moment restored to')
  .option('--head <number:hash>', 'a head of the chain of books that was kept elsewhere before that moment')
  .option('--hub-key <fingerprint>', "the hub's key, as known from elsewhere")
  .option('--json', 'what was found as JSON')
  .addOption(language)
  .action(async (options) => {
    const { restore } = await import('./command/restore.ts')
    await finish(() => restore(options))
  })

const evidence = program.command('evidence').description('what regions said to each other, for a third to check')

evidence
  .command('export')
  .description('write the signed messages about a case, or one message, with receipts and keys')
  .requiredOption('--region <code>', 'whose record it is (GB/T 2260)')
  .option('--case <number>', 'the number that the messages are shown under')
  .option('--message <id>', 'the id of one message')
  .option('--out <file>', 'where to write it; standard output unless given')
  .action(async (options) => {
    const { exportEvidenceCommand } = await import('./command/evidence.ts')
    await finish(() => exportEvidenceCommand(options))
  })

evidence
  .command('verify')
  .description('check evidence offline; 0 all holds, 1 not all, 2 unreadable, 3 nothing says whose the hub key is')
  .argument('<file>', 'an evidence file')
  .option('--hub-key <fingerprint>', "the hub's key, as known from elsewhere")
  .option('--json', 'what was found as JSON')
  .addOption(new Option('--lang <language>', 'one language; both unless given').choices(['zh', 'en']))
  .action(async (file, options) => {
    const { verifyEvidenceCommand } = await import('./command/evidence.ts')
    await finish(() => verifyEvidenceCommand(file, options))
  })

const documents = program.command('documents').description('bulletins and magazines')

documents
  .command('import')
  .description('import bulletins or magazines (UTF-8 text) into every region of this installation')
  .argument('<files...>')
  .option('--region <code>', 'into one region only')
  .option('--series <id>', 'the series, where the masthead does not say a known one')
  .option('--issue <issue>', 'the issue of a magazine')
  .option('--on <date>', 'the day of a magazine, YYYY-MM-DD')
  .option('--json', 'what was imported, as JSON')
  .addOption(language)
  .action(async (files, options) => {
    const { importDocuments } = await import('./command/documents.ts')
    await finish(() => importDocuments(files, options))
  })

documents
  .command('search')
  .description('search the text of all imported issues; what is in quotation marks is found letter by letter')
  .argument('<text>')
  .option('--region <code>', 'in this region; the first of this installation unless given')
  .option('--json', 'what was found, as JSON')
  .addOption(language)
  .action(async (text, options) => {
    const { searchDocumentsCommand } = await import('./command/documents.ts')
    await finish(() => searchDocumentsCommand(text, options))
  })

const registers = program.command('registers').description('lists that come as files: targets, figures, activities ...')

registers
  .command('import')
  .description('import files of lists (YAML, CSV, Excel) into every region of this installation, all rows or none')
  .argument('<files...>')
  .option('--list <list>', 'whose rows they are, where the file does not say')
  .option('--region <code>', 'into one region only')
  .option('--json', 'what was imported, as JSON')
  .addOption(language)
  .action(async (files, options) => {
    const { importLists } = await import('./command/lists.ts')
    await finish(() => importLists(files, options))
  })

registers
  .command('export')
  .description('write a list as CSV, as an import takes it')
  .argument('<list>')
  .option('--region <code>', 'of this region; the first of this installation unless given')
  .option('--out <file>', 'where to write it; standard output unless given')
  .action(async (list, options) => {
    const { exportList } = await import('./command/lists.ts')
    await finish(() => exportList(list, options))
  })

program
  .command('seed')
  .description('make the demo world if it is not there, and stop')
  .action(async () => {
    const { seed } = await import('./command/seed.ts')
    await finish(seed)
  })

program
  .command('doctor')
  .description('look at this machine and this installation, and say what to do')
  .action(async () => {
    const { doctor } = await import('./command/doctor.ts')
    await finish(doctor)
  })

/** Gathers an option that may be given several times. */
function collect(value: string, before: string[]): string[] {
  return [...before, value]
}

/**
 * Runs a command to its exit code. The library of the embedded database wants to end the process by itself, with a code of its own and before
 * anything else has shut down; its handlers are taken away, and the database is stopped in its turn.
 */
async function finish(command: () => Promise<number>): Promise<void> {
  for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK', 'beforeExit', 'exit', 'message'])
    process.removeAllListeners(event)
  process.exitCode = await command()
}

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else {
    const { reportFailure } = await import('./command/failure.ts')
    process.exitCode = reportFailure(error)
  }
}
