import { readFileSync, writeFileSync } from 'node:fs'
import { type EvidenceVerification, exportEvidence, type ProvenMessage, verifyEvidence } from '../../exchange/door.ts'
import {
  BadInput,
  inTransaction,
  type Language,
  type MessageParams,
  parseInput,
  Refusal,
  renderMessage,
  schemaId,
  systemActor,
} from '../../ground/door.ts'
import { nationCode } from '../../law/door.ts'
import { houseMessages } from '../house-messages.ts'
import { readSettings } from '../settings.ts'
import { reportFailure } from './failure.ts'
import { openConfiguredWorld } from './open-configured-world.ts'
import { tellProblems } from './rule-input.ts'

/** What `tongban evidence export` takes: the number of a case or the id of a message, whose books to look in, and where to write. */
export type ExportEvidenceOptions = { case?: string; message?: string; region: string; out?: string }

/**
 * Writes the evidence of a region's messages about a case, or of one message, to a file or to standard output. Exit code 0 where it is written, 2
 * where there is none or it could not be looked for.
 */
export async function exportEvidenceCommand(options: ExportEvidenceOptions): Promise<number> {
  try {
    const chosen = chosenMessages(options)
    const world = await openConfiguredWorld(readSettings(process.env))
    try {
      const found = world.find(options.region)
      if (!found) throw new BadInput([{ path: 'region', expected: world.regions.join(', '), found: options.region }])
      const read = exportEvidenceOf(chosen)
      const file = await inTransaction(found.node, systemActor, read, 'evidence.export')
      if (options.out === undefined) process.stdout.write(file)
      else writeFileSync(options.out, file)
      return 0
    } finally {
      await world.stop()
    }
  } catch (error) {
    reportFailure(error)
    return 2
  }
}

function exportEvidenceOf(chosen: { about: string } | { id: string }) {
  return async (work: Parameters<typeof exportEvidence>[0]): Promise<string> => {
    const file = await exportEvidence(work, { hub: nationCode, ...chosen })
    if (file !== undefined) return file
    throw new Refusal('evidence_none', { params: { chosen: 'about' in chosen ? chosen.about : chosen.id } })
  }
}

function chosenMessages(options: ExportEvidenceOptions): { about: string } | { id: string } {
  const { case: about, message } = options
  if (about !== undefined && message === undefined) return { about }
  if (message !== undefined && about === undefined) return { id: parseInput(schemaId, message, 'message') }
  throw new BadInput([{ path: 'case', expected: 'either --case or --message', found: about ? 'both' : 'neither' }])
}

/** What `tongban evidence verify` takes: the hub's key by its fingerprint, as known from elsewhere. */
export type VerifyEvidenceOptions = { hubKey?: string; json?: boolean; lang?: Language }

/**
 * Checks an evidence file offline and says, in both languages unless one is asked for, what it proves and what not. Exit code 0 where all holds, 1
 * where something does not, 2 where it is no evidence file, 3 where all holds but nothing says that the hub's key is the hub's.
 */
export async function verifyEvidenceCommand(file: string, options: VerifyEvidenceOptions): Promise<number> {
  const { hubKey, json = false, lang } = options
  return tellProblems({ lang: lang ?? 'zh' }, () => {
    const verified = verifyEvidence(readBytes(file), { hub: nationCode, hubFingerprint: hubKey?.toLowerCase() })
    const languages: Language[] = lang ? [lang] : ['zh', 'en']
    const lines = languages.flatMap((language) => linesOf(verified, language))
    console.log(json ? JSON.stringify(verified, null, 2) : lines.join('\n'))
    return exitCodeOf(verified)
  })
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch {
    throw new BadInput([{ path: 'file', expected: 'a file that can be read', found: file }])
  }
}

function exitCodeOf({ isReadable, holds, isHubKnown }: EvidenceVerification): number {
  if (!isReadable) return 2
  if (!holds) return 1
  return isHubKnown ? 0 : 3
}

function linesOf(verified: EvidenceVerification, language: Language): string[] {
  const messages = houseMessages()
  const say = (code: string, params: MessageParams = {}) =>
    renderMessage(messages, language, `evidence.${code}`, params)
  const { findings, holds, isHubKnown, hubSigner: fingerprint, directoryVersion: version } = verified
  if (!verified.isReadable) return findings.map(({ code, params }) => say(code, params))
  return [
    ...verified.messages.flatMap((message) => provenLines(message, say)),
    ...(version === null ? [] : [say('directory', { version, fingerprint })]),
    say(isHubKnown ? 'hub_known' : 'hub_unknown'),
    ...findings.map(({ code, params }) => say(code, params)),
    ...(holds ? [say('whole'), say('limits')] : [say('damaged', { findingCount: findings.length })]),
  ]
}

function provenLines(
  { envelope, signedAt, signer: fingerprint, takenAt }: ProvenMessage,
  say: (code: string, params: MessageParams) => string,
): string[] {
  const { id: messageId, from, to, kind, sentAt, about } = envelope
  return [
    say('proven', { messageId, from, to, kind, sentAt, signedAt, fingerprint }),
    ...(about === undefined ? [] : [say('about', { about })]),
    takenAt === null ? say('no_receipt', { to }) : say('taken', { to, takenAt }),
  ]
}
