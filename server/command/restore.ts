import { resolve } from 'node:path'
import { z } from 'zod'
import { askAgain, checkEvidence, type EvidenceCheck } from '../../exchange/door.ts'
import {
  inTransaction,
  type Language,
  type MessageParams,
  must,
  parseInput,
  renderMessage,
  schemaInstant,
  schemaRegion,
  systemActor,
  systemRandom,
} from '../../ground/door.ts'
import { nationCode } from '../../law/door.ts'
import { type LedgerVerification, verifyLedger } from '../../ledger/door.ts'
import { houseMessages } from '../house-messages.ts'
import { leaveNumberGap, putBackDump, putBackToMoment, type RestorePlace, requireKeys } from '../restoring.ts'
import { readSettings } from '../settings.ts'
import { reportFailure } from './failure.ts'
import { openConfiguredWorld } from './open-configured-world.ts'
import { ledgerLines, schemaHead } from './verify-ledger.ts'

/** What `tongban restore` takes: a dump, or a copied data folder with its log and a moment, or nothing where the server was put back already. */
export type RestoreOptions = {
  region: string
  dump?: string
  programs?: string
  base?: string
  log?: string
  to?: string
  since?: string
  head?: string
  hubKey?: string
  json?: boolean
  lang: Language
}

const schemaOptions = z
  .object({
    region: schemaRegion,
    dump: z.string().min(1).exactOptional(),
    programs: z.string().min(1).exactOptional(),
    base: z.string().min(1).exactOptional(),
    // They stand in a shell command of PostgreSQL.
    log: z
      .string()
      .regex(/^[^"$`\\%\n]+$/, { error: 'a folder without quotation marks, $, `, \\ or %' })
      .exactOptional(),
    to: schemaInstant.exactOptional(),
    since: schemaInstant.exactOptional(),
    head: schemaHead.exactOptional(),
    hubKey: z.string().toLowerCase().exactOptional(),
  })
  .refine(({ dump, base }) => dump === undefined || base === undefined, { error: '--dump or --base, not both' })
  .refine(({ base, log }) => (base === undefined) === (log === undefined), { error: '--base and --log go together' })
  .refine(({ base, to }) => base !== undefined || to === undefined, { error: '--to goes with --base and --log' })

type Restore = z.infer<typeof schemaOptions>

/** What was put back and what is there now. */
type Restored = { nextNumber: number; books: LedgerVerification; evidence: EvidenceCheck; asked: string[] }

/**
 * Puts a region back (docs/operations/backup.md), lets its numbers go on with a gap, verifies its books and all its evidence, and asks the partners for
 * what is missing where both are whole. Exit code 0 where they are, 1 where not, 2 where it could not be put back or looked at.
 */
export async function restore({ json = false, lang, ...options }: RestoreOptions): Promise<number> {
  try {
    const wanted = parseInput(schemaOptions, options, 'options')
    const settings = { ...readSettings(process.env, [wanted.region]), random: systemRandom }
    requireKeys(settings, wanted.region)
    await putBack(settings, wanted)
    const restored = await lookAt(wanted, await leaveNumberGap(settings, wanted.region))
    console.log(json ? JSON.stringify(restored, null, 2) : linesOf(wanted, restored, lang).join('\n'))
    return isWhole(restored) ? 0 : 1
  } catch (error) {
    reportFailure(error)
    return 2
  }
}

async function putBack(place: RestorePlace, { region, dump, programs, base, log, to }: Restore): Promise<void> {
  if (dump !== undefined) await putBackDump(place, region, { dump: resolve(dump), programs })
  if (base === undefined || log === undefined) return
  await putBackToMoment(place, { base: resolve(base), log: resolve(log), to: to ?? null })
}

/** Opens the region alone, not as a demo world and not on the way to others: nothing is said before it is known to be whole. */
async function lookAt({ region, since, head, hubKey }: Restore, nextNumber: number): Promise<Restored> {
  const settings = readSettings(process.env, [region])
  const world = await openConfiguredWorld({ ...settings, demo: false, exchangeServers: undefined })
  try {
    const { node } = must(world.find(region), 'the region')
    return await inTransaction(
      node,
      systemActor,
      async (work) => {
        const books = await verifyLedger(work, { head })
        const evidence = await checkEvidence(work, { hub: nationCode, hubFingerprint: hubKey })
        const found = { nextNumber, books, evidence, asked: [] }
        if (since === undefined || !isWhole(found)) return found
        return { ...found, asked: await askAgain(work, since) }
      },
      'restore',
    )
  } finally {
    await world.stop()
  }
}

function isWhole({ books, evidence }: Pick<Restored, 'books' | 'evidence'>): boolean {
  return books.findings.length === 0 && evidence.findings.length === 0
}

function linesOf({ region }: Restore, restored: Restored, language: Language): string[] {
  const messages = houseMessages()
  const say = (code: string, params: MessageParams = {}) =>
    renderMessage(messages, language, code, { region, ...params })
  const { nextNumber, books, evidence, asked } = restored
  const { messageCount, unsignedCount, findings } = evidence
  return [
    say('restore.numbers', { nextNumber }),
    ...ledgerLines(new Map([[region, books]]), language),
    say('restore.evidence', { messageCount, unsignedCount }),
    ...findings.map(({ code, params }) => `  ${say(`evidence.${code}`, params)}`),
    findings.length === 0 ? say('restore.evidence_whole') : say('restore.damaged', { findingCount: findings.length }),
    ...(asked.length > 0 ? [say('restore.asked', { partners: asked.join(', ') })] : []),
    say(isWhole(restored) ? 'restore.next' : 'restore.stop'),
  ]
}
