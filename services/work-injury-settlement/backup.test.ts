import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askAgain, createInProcessTransport, exportEvidence, verifyEvidence } from '../../exchange/door.ts'
import { addMilliseconds, must, openDatabase, seededRandom } from '../../ground/door.ts'
import { sealBooks, verifyLedger } from '../../ledger/door.ts'
import {
  asAdministrator,
  type DrillServer,
  drillFolder,
  drillPrograms,
  removeFolder,
  restoreTo,
  startDrillServer,
} from './backup-server.testing.ts'
import {
  admittedStay,
  bill,
  books,
  look,
  nanjingInUrumqi,
  settledStay,
  settleStay,
  statusOf,
  type Treatment,
  take,
} from './journey.testing.ts'
import { fundRegion, officer, type TestNation, type TestRegion, testNation } from './nation.testing.ts'
import { payPrepaid } from './prepaid.ts'

// The drill of docs/operations/backup.md: Xinjiang, on a server of its own, is backed up in the middle of its work, loses that server, and is put
// back to an earlier moment. What it has forgotten its partners give back.

describe.each(drillPrograms())('a region on $name that is put back to an earlier moment', ({ bin }) => {
  const folder = drillFolder()
  const transport = createInProcessTransport()
  let server: DrillServer
  let nation: TestNation
  let home: TestRegion
  let host: TestRegion
  let known: Treatment & { stayId: string }
  let forgotten: { settled: Treatment & { stayId: string }; admitted: string }
  let lost: Record<string, number>
  let since: string

  beforeAll(async () => {
    server = await startDrillServer(bin, join(folder, 'data'), { archive: join(folder, 'archive') })
    const adminUrls = { '650000': server.adminUrl }
    nation = await testNation({ regions: ['000000', '320000', '650000'], transport, adminUrls })
    ;[home, host] = [nation.region('320000'), nation.region('650000')]
    for (const region of nation.regions) await region.exchange.introduce()
    await nation.settleMessages()
    for (const region of [home, host]) await fundRegion(region)
    const first = await nanjingInUrumqi(nation)
    known = { ...first, stayId: (await settledStay(nation, first)).caseId }
    const second = await nanjingInUrumqi(nation)
    const { caseId: stayId } = await admittedStay(nation, second)
    forgotten = { settled: { ...second, stayId }, admitted: '' }
    const work = settledStay(nation, await nanjingInUrumqi(nation))
    await Promise.all([work, server.baseBackup(join(folder, 'backup'))])
    since = host.clock.now()
    await asAdministrator(server.adminUrl, 'postgres', "SELECT pg_create_restore_point('before_loss')")
  }, 300_000)
  afterAll(async () => {
    await nation.close()
    await server.stop()
    removeFolder(folder)
  })

  it('goes on working, and then loses its server', async () => {
    for (const { clock } of nation.regions) clock.advance(3_600_000)
    await settleStay(nation, forgotten.settled, forgotten.settled.stayId)
    await home.run((work) => payPrepaid(work, '650000', 5_000_000))
    const third = await nanjingInUrumqi(nation)
    const { caseId } = await admittedStay(nation, third)
    await settleStay(nation, third, caseId, { lines: bill })
    forgotten.admitted = (await host.run((work) => host.cases.get(work, caseId))).file.number
    await nation.settleMessages()
    expect(await books(home)).toMatchObject({ 'payable_to_region:650000': 14_400_000 })
    lost = await books(host)
    await host.close()
    await server.stop()
  })

  it('S-37: comes back with its books sealed and whole, and with all evidence of before', async () => {
    restoreTo(join(folder, 'backup'), 'before_loss')
    const archives = { archive: join(folder, 'archive-of-the-restored'), restoreFrom: join(folder, 'archive') }
    server = await startDrillServer(bin, join(folder, 'backup'), archives)
    host = nation.replace(await restoredNode(host, server.adminUrl))
    await sealBooks(host)
    expect(await host.run((work) => verifyLedger(work))).toMatchObject({ findings: [], waitingCount: 0 })
    const about = (await host.run((work) => host.cases.get(work, known.stayId))).file.number
    const evidence = must(await host.run((work) => exportEvidence(work, { hub: '000000', about })), 'evidence')
    expect(verifyEvidence(Buffer.from(evidence), { hub: '000000' })).toMatchObject({ findings: [] })
    expect(await statusOf(host, forgotten.settled.stayId)).toBe('in_hospital')
  })

  it('S-38, S-39: asks its partners, hears again what they said, and books again what it said itself', async () => {
    await host.run((work) => askAgain(work, addMilliseconds(since, -60_000)))
    await nation.settleMessages()
    expect(await statusOf(host, forgotten.settled.stayId)).toBe('settled')
    const { state } = await look(host, host.flows.stay, forgotten.settled.stayId)
    expect(state.settlement).toMatchObject({ revision: 1, fundFen: 3_600_000 })
    const recovered = await books(host)
    expect(recovered['advances_received:320000']).toBe(5_000_000)
    // All but the settlement of the stay that began after the moment it was put back to.
    expect(lost['receivable_from_region:320000']).toBe(14_400_000)
    expect(recovered['receivable_from_region:320000']).toBe(10_800_000)
  })

  it('S-25: disowns the settlement of a stay that it does not know, and both books agree', async () => {
    const rows = await host.run((work) => host.cases.find(work, { flow: 'difference', open: true }))
    expect(rows).toMatchObject([{ summary: { settlementNumber: `${forgotten.admitted}-1` } }])
    await take(host, await officer(host, 'audit'), rows[0]?.caseId ?? '', 'disown', { reason: '恢复后无此住院' })
    await nation.settleMessages()
    expect((await books(home))['payable_to_region:650000']).toBe(10_800_000)
  })

  it('S-40: gives no number a second time', async () => {
    const next = await admittedStay(nation, await nanjingInUrumqi(nation))
    const { number } = (await host.run((work) => host.cases.get(work, next.caseId))).file
    expect(number).not.toBe(forgotten.admitted)
    expect(await statusOf(host, next.caseId)).toBe('in_hospital')
  })
})

/** The node on its restored database: the keys are kept apart from the database; numbers go on with a gap. */
async function restoredNode(before: TestRegion, adminUrl: string): Promise<TestRegion> {
  const ownerUrl = withServer(before.ownerUrl, adminUrl)
  const [, name = ''] = new URL(ownerUrl).pathname.split('/')
  await asAdministrator(
    adminUrl,
    name,
    "SELECT setval('cases.number_sequence', 1 + (last_value + 99999) % 9999999) FROM cases.number_sequence",
  )
  const application = new URL(ownerUrl)
  application.username = `${name}_app`
  application.password = 'test-app'
  const restored = openDatabase(application.toString(), { connections: 8 })
  const random = seededRandom('restored')
  return { ...before, adminUrl, ownerUrl, random, database: restored, close: () => restored.close() }
}

function withServer(url: string, adminUrl: string): string {
  const moved = new URL(url)
  moved.port = new URL(adminUrl).port
  return moved.toString()
}

describe.each(drillPrograms().filter(({ canDump }) => canDump))('a region that is dumped by $name', ({ bin }) => {
  it('in the middle of its work comes back with its books whole and its evidence intact', async () => {
    const folder = drillFolder()
    const server = await startDrillServer(bin, join(folder, 'data'), { archive: join(folder, 'archive') })
    try {
      const nation = await testNation({
        regions: ['000000', '320000', '650000'],
        adminUrls: { '650000': server.adminUrl },
      })
      const host = nation.region('650000')
      for (const region of nation.regions) await region.exchange.introduce()
      await nation.settleMessages()
      await fundRegion(host)
      const first = await nanjingInUrumqi(nation)
      const { caseId } = await settledStay(nation, first)
      await sealBooks(host)
      const [, name = ''] = new URL(host.ownerUrl).pathname.split('/')
      const work = settledStay(nation, await nanjingInUrumqi(nation))
      const dump = join(folder, 'region.dump')
      const { port } = new URL(server.adminUrl)
      const place = ['-h', '127.0.0.1', '-p', port, '-U', 'postgres']
      server.run('pg_dump', ...place, '-Fc', '-f', dump, name)
      await work
      await asAdministrator(
        server.adminUrl,
        'postgres',
        `CREATE DATABASE restored OWNER ${name}_owner TEMPLATE template0`,
      )
      server.run('pg_restore', ...place, '-d', 'restored', dump)
      await asAdministrator(server.adminUrl, 'postgres', `GRANT CONNECT ON DATABASE restored TO ${name}_app`)
      const url = new URL(host.ownerUrl)
      url.pathname = '/restored'
      url.username = `${name}_app`
      url.password = 'test-app'
      const database = openDatabase(url.toString(), { connections: 4 })
      const restored = nation.replace({
        ...host,
        database,
        random: seededRandom('restored'),
        close: () => database.close(),
      })
      await sealBooks(restored)
      expect(await restored.run((part) => verifyLedger(part))).toMatchObject({ findings: [], waitingCount: 0 })
      expect(await statusOf(restored, caseId)).toBe('settled')
      const about = (await restored.run((part) => restored.cases.get(part, caseId))).file.number
      const evidence = must(await restored.run((part) => exportEvidence(part, { hub: '000000', about })), 'evidence')
      expect(verifyEvidence(Buffer.from(evidence), { hub: '000000' })).toMatchObject({ findings: [] })
      await host.close()
      await nation.close()
    } finally {
      await server.stop()
      removeFolder(folder)
    }
  }, 300_000)
})
