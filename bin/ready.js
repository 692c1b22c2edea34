// `npm start`, `npm run nation`, `npm test`, `npm run dev`, `npm run bench`, `npm run simulate`, `npm run new-service` on a fresh clone with only
// Node 20: installs and builds what is missing, then runs.
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findNode24, root, run } from './node24.js'

const tasks = { start, nation, test, dev, bench, simulate, 'new-service': newService }
const task = tasks[process.argv[2]]
if (task) process.exitCode = await task(process.argv.slice(3))
else {
  console.error(`usage: node bin/ready.js <${Object.keys(tasks).join('|')}>`)
  process.exitCode = 2
}

/** Installs, builds the pages where needed, starts the server. */
async function start(parameters) {
  const installed = await install()
  if (installed !== 0) return installed
  const built = await buildPages()
  if (built !== 0) return built
  return runTypeScript('server/tongban.ts', ['start', ...parameters])
}

/** A trial on one machine: each region a process of its own (docs/operations/nats.md). */
async function nation(parameters) {
  const installed = await install()
  if (installed !== 0) return installed
  const built = await buildPages()
  if (built !== 0) return built
  return runTypeScript('server/tongban.ts', ['nation', ...parameters])
}

/** As `start`, but the server starts again whenever a source file changes; pages are built once (or use `vite` beside it). */
async function dev(parameters) {
  const installed = await install()
  if (installed !== 0) return installed
  const built = await buildPages()
  if (built !== 0) return built
  return run(node24(), [
    '--disable-warning=ExperimentalWarning',
    '--watch',
    'server/tongban.ts',
    'start',
    ...parameters,
  ])
}

/** Measures against peers, which are installed beside (bench/README.md). */
async function bench(parameters) {
  const installed = await install()
  if (installed !== 0) return installed
  return runTypeScript('bench/bench.ts', parameters)
}

/** Tells seeded stories of a nation with faults, and judges them (simulation/README.md). */
async function simulate(parameters) {
  const installed = await install()
  if (installed !== 0) return installed
  // A story leaves much behind that is soon of no use.
  return runTypeScript('simulation/simulate.ts', parameters, ['--max-semi-space-size=64'])
}

/** Makes the folder of a new public service, in the house's formatting (docs/new-service.md). */
async function newService(parameters) {
  const installed = await install()
  if (installed !== 0) return installed
  const made = await runTypeScript('server/tongban.ts', ['new-service', ...parameters])
  return made === 0 ? runTool('@biomejs/biome/bin/biome', ['check', '--write', '--log-level=error', 'services']) : made
}

/** Types, formatting and rules, then all tests; stops at nothing, answers the first failure, ends with one line that counts. */
async function test(parameters) {
  const installed = await install()
  if (installed !== 0) return installed
  const types = await runTool('typescript/bin/tsc', ['--noEmit'])
  const style = await runTool('@biomejs/biome/bin/biome', ['check', '.'])
  const report = join(mkdtempSync(join(tmpdir(), 'tongban-tests-')), 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const tests = await runTool('vitest/vitest.mjs', ['run', ...reporters, ...parameters])
  const counted = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {}
  rmSync(join(report, '..'), { recursive: true, force: true })
  const checks = [types, style]
  const passed = (counted.numPassedTests ?? 0) + checks.filter((code) => code === 0).length
  // A test file that does not load fails the run without a failed test in it.
  const brokenFiles = (counted.testResults ?? []).filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  const failedTests = (counted.numFailedTests ?? 0) + brokenFiles.length
  const failed = checks.filter((code) => code !== 0).length + (tests === 0 ? failedTests : Math.max(failedTests, 1))
  console.log(`${passed} passed, ${failed} failed`)
  return types || style || tests
}

/** `npm ci` when node_modules is missing or was made from another lock file. */
async function install() {
  const stampFile = join(root, 'node_modules', '.tongban-lock')
  const stamp = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return 0
  if (!existsSync(stampFile) && lockedInstallIsCurrent()) {
    writeFileSync(stampFile, stamp)
    return 0
  }
  console.log('tongban: installing dependencies (npm ci) ...')
  const code = await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', [
    'ci',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ])
  if (code === 0) writeFileSync(stampFile, stamp)
  else console.error('tongban: npm ci failed; see above. It needs the npm registry once.')
  return code
}

/** True after an `npm ci` by hand: npm's own record of what it installed is at least as new as the lock file. */
function lockedInstallIsCurrent() {
  const record = join(root, 'node_modules', '.package-lock.json')
  return existsSync(record) && statSync(record).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
}

/** Builds the pages when their sources differ from what dist/ was built from. */
async function buildPages() {
  if (!existsSync(join(root, 'portals', 'vite.config.ts'))) {
    console.log('tongban: there are no pages yet (portals/ is missing); the HTTP interface alone is served.')
    return 0
  }
  const stampFile = join(root, 'dist', '.sources')
  const stamp = hashOf(pageSources())
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return 0
  console.log('tongban: building the pages ...')
  const code = await runTool('vite/bin/vite.js', ['build', '--config', 'portals/vite.config.ts', '--logLevel', 'warn'])
  if (code === 0) writeFileSync(stampFile, stamp)
  else console.error('tongban: the pages could not be built; see above.')
  return code
}

function pageSources() {
  const services = join(root, 'services')
  const folders = ['portals', 'kit', 'policy', ...readdirSync(services).map((name) => join('services', name))]
  return [...folders.flatMap((folder) => filesUnder(join(root, folder))), join(root, 'package-lock.json')].sort()
}

function filesUnder(folder) {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return []
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath, entry.name))
}

function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

function node24() {
  const node = findNode24()
  if (!node)
    throw new Error('No Node 24 in node_modules: optional dependencies were left out. Run `npm ci --include=optional`.')
  return node
}

/** Runs a tool's own script under Node 24, so that it sees the Node that the product runs on. */
function runTool(script, parameters) {
  return run(node24(), ['--disable-warning=ExperimentalWarning', join(root, 'node_modules', script), ...parameters])
}

function runTypeScript(file, parameters, options = []) {
  return run(node24(), ['--disable-warning=ExperimentalWarning', ...options, file, ...parameters])
}
