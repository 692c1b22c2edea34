import { z } from 'zod'
import {
  BadInput,
  inTransaction,
  type Language,
  must,
  parseInput,
  renderMessage,
  schemaDate,
  systemActor,
} from '../../ground/door.ts'
import { type LedgerVerification, verifyLedger } from '../../ledger/door.ts'
import { houseMessages } from '../house-messages.ts'
import { readSettings } from '../settings.ts'
import type { World } from '../world.ts'
import { reportFailure } from './failure.ts'
import { openConfiguredWorld } from './open-configured-world.ts'

/** What `tongban ledger verify` takes. `head` is `number:hash` as it was shown once. */
export type VerifyLedgerOptions = { region?: string; from?: string; head?: string; json?: boolean; lang: Language }

/** The head of a chain as it was shown once, `number:hash`. */
export const schemaHead = z
  .string()
  .regex(/^\d+:[0-9a-f]{64}$/, { error: 'the number and the hash of a block, joined by a colon' })
  .transform((text) => {
    const [number, hash] = text.split(':')
    return { number: Number(number), hash: must(hash, 'a hash') }
  })

const schemaOptions = z.object({
  region: z.string().exactOptional(),
  from: schemaDate.exactOptional(),
  head: schemaHead.exactOptional(),
})

/**
 * Verifies the chain of sealed blocks of every region of this installation, or of one, and says what is wrong with which row. Exit code 0 where
 * the books are as they were sealed, 1 where they are not, 2 where they could not be looked at.
 */
export async function verifyLedgerCommand({ json = false, lang, ...options }: VerifyLedgerOptions): Promise<number> {
  try {
    const { region, from, head } = parseInput(schemaOptions, options, 'options')
    if (head !== undefined && region === undefined) {
      throw new BadInput([{ path: 'region', expected: 'the region whose head it is', found: 'nothing' }])
    }
    const world = await openConfiguredWorld(readSettings(process.env))
    try {
      const verified = await verifyWorld(world, region, { from, head })
      console.log(json ? JSON.stringify(Object.fromEntries(verified), null, 2) : ledgerLines(verified, lang).join('\n'))
      return [...verified.values()].every(({ findings }) => findings.length === 0) ? 0 : 1
    } finally {
      await world.stop()
    }
  } catch (error) {
    reportFailure(error)
    return 2
  }
}

async function verifyWorld(
  world: World,
  region: string | undefined,
  spec: Parameters<typeof verifyLedger>[1],
): Promise<Map<string, LedgerVerification>> {
  const chosen = world.nodes.filter((node) => region === undefined || node.region === region)
  if (chosen.length === 0) {
    throw new BadInput([{ path: 'region', expected: world.regions.join(', '), found: region ?? 'nothing' }])
  }
  const verified = new Map<string, LedgerVerification>()
  for (const { region: code, node } of chosen) {
    verified.set(code, await inTransaction(node, systemActor, (work) => verifyLedger(work, spec), 'ledger.verify'))
  }
  return verified
}

/** What was verified of each region, in words. */
export function ledgerLines(verified: ReadonlyMap<string, LedgerVerification>, language: Language): string[] {
  const messages = houseMessages()
  return [...verified].flatMap(([region, { findings, head, ...counts }]) => {
    const say = (code: string, params: Record<string, string | number>) =>
      renderMessage(messages, language, `verify.${code}`, { region, ...params })
    return [
      say('summary', { ...counts, head: head ? `${head.number}:${head.hash}` : '-' }),
      ...findings.map(({ code, params }) => `  ${say(code, params)}`),
      findings.length === 0 ? say('whole', {}) : say('damaged', { findingCount: findings.length }),
    ]
  })
}
