import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction, systemActor, type Work } from '../ground/door.ts'
import { type TestNode, testNode } from '../ground/testing.ts'
import { lawMigrations } from '../law/door.ts'
import { accessLogOf } from './access-log.ts'
import { issueCard, replaceCard, reportCardLost } from './card.ts'
import { recordCertificate, revokeCertificate } from './certificates.ts'
import { makeSyntheticIdNumber } from './identity-number.ts'
import { recordDeath, registerPerson } from './person.ts'
import { type RegisterEventQuery, registerEvents } from './register-events.ts'
import { peopleMigrations } from './tables.ts'

let node: TestNode
let serial = 0
beforeAll(async () => {
  node = await testNode({ migrations: [await lawMigrations(), await peopleMigrations()] })
})
afterAll(() => node.close())

const run = <T>(action: (work: Work) => Promise<T>) => inTransaction(node, systemActor, action)

async function born(birthOn: string) {
  const idNumber = makeSyntheticIdNumber({ region: '320102', birthOn, sequence: ++serial })
  const person = { idNumber, name: '沈试样', homeRegion: '320102', agency: '320100' }
  return (await run((work) => registerPerson(work, person))).personId
}

const found = async (query: RegisterEventQuery, from = '2026-05-01', to = '2026-05-11') =>
  (await run((work) => registerEvents(work, { ...query, from, to }, 'offers'))).map(({ personId, on }) => [
    personId,
    on,
  ])

describe('events in the registers', () => {
  it('an age is reached on the birthday, between the days asked for and not outside them', async () => {
    const onFirst = await born('1966-05-01')
    const onLast = await born('1966-05-11')
    await born('1966-04-30')
    await born('1966-05-12')
    expect(await found({ kind: 'reached_age', years: 60 })).toEqual([
      [onFirst, '2026-05-01'],
      [onLast, '2026-05-11'],
    ])
  })

  it('whoever was born on a 29 February reaches an age on the 28th of a year without one', async () => {
    const leapling = await born('1964-02-29')
    expect(await found({ kind: 'reached_age', years: 61 }, '2025-02-01', '2025-03-02')).toEqual([
      [leapling, '2025-02-28'],
    ])
  })

  it('nothing becomes due for the dead', async () => {
    const personId = await born('1967-05-05')
    await run((work) => recordDeath(work, personId, '2026-05-01'))
    expect(await found({ kind: 'reached_age', years: 59 })).toEqual([])
  })

  it('a certificate counts on the day it was recorded, and not once it is revoked', async () => {
    const personId = await born('1990-01-01')
    const certificate = {
      ...{ personId, number: 'CERT-000001', kind: 'skill_level' as const, occupation: 'O-1', level: 4 },
      ...{ issuedOn: '2025-12-01', issuer: '示例机构' },
    }
    const certificateId = await run((work) => recordCertificate(work, certificate))
    expect(await found({ kind: 'certificate_recorded' })).toEqual([[personId, '2026-05-11']])
    await run((work) => revokeCertificate(work, { certificateId, on: '2026-05-11', reason: '示例' }))
    expect(await found({ kind: 'certificate_recorded' })).toEqual([])
  })

  it('a lost card counts until it is replaced, and the search stands in the access log', async () => {
    const personId = await born('1991-01-01')
    const cardId = await run((work) => issueCard(work, { personId, number: 'T00000001', outlet: '示例网点' }))
    await run((work) => reportCardLost(work, cardId))
    expect(await found({ kind: 'card_lost' })).toEqual([[personId, '2026-05-11']])
    const log = await run((work) => accessLogOf(work, personId))
    expect(log).toContainEqual(expect.objectContaining({ action: 'search_person', purpose: 'offers', role: 'system' }))
    await run((work) => replaceCard(work, { cardId, number: 'T00000002', outlet: '示例网点' }))
    expect(await found({ kind: 'card_lost' })).toEqual([])
  })
})
