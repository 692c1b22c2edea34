import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import { type Id, type Instant, Refusal, type Work } from '../ground/door.ts'
import { findMediaType, type MediaType } from './media-type.ts'
import type { AttachmentTable, CasesTables } from './tables.ts'

/** A file that belongs to a case. `kind` is the service's name for what it proves; `sm3` is the digest of all its bytes, in hex. */
export type Attachment = {
  id: Id
  caseId: Id
  name: string
  kind: string
  mediaType: MediaType
  sizeBytes: number
  sm3: string
  chunks: number
  addedAt: Instant
}

/** A file to attach. Its type is read from its bytes, never taken from its name or its sender. */
export type NewAttachment = { name: string; kind: string; content: AsyncIterable<Uint8Array> }

const chunkBytes = 256 * 1024

/** The most that one attachment may hold unless the caller says otherwise: 10 MB. */
const limitBytesDefault = 10 * 1024 * 1024

/**
 * Attaches a file, read as a stream and kept in chunks of 256 kB. Refusals, with nothing kept: `case_not_found`, `attachment_empty`,
 * `attachment_too_large`, `attachment_type_not_allowed` (only PDF, PNG, JPEG and WebP by their first bytes).
 */
export async function addAttachment(
  work: Work,
  caseId: Id,
  { name, kind, content }: NewAttachment,
  options: { limitBytes?: number } = {},
): Promise<Attachment> {
  await requireCase(work, caseId)
  const id = work.newId()
  const hash = createHash('sm3')
  let mediaType: MediaType | undefined
  let sizeBytes = 0
  let chunks = 0
  for await (const bytes of chunked(content, options.limitBytes ?? limitBytesDefault)) {
    if (chunks === 0) mediaType = getMediaType(bytes)
    await insertChunk(work, { attachment_id: id, case_id: caseId, index: chunks, bytes })
    hash.update(bytes)
    sizeBytes += bytes.length
    chunks++
  }
  if (mediaType === undefined) throw new Refusal('attachment_empty')
  const row = await work.db
    .withTables<CasesTables>()
    .insertInto('cases.attachment')
    .values({
      id,
      case_id: caseId,
      name,
      kind,
      media_type: mediaType,
      size_bytes: sizeBytes,
      sm3: hash.digest('hex'),
      chunks,
      added_at: work.now,
      added_by: JSON.stringify(work.actor),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return attachmentFromRow(row)
}

/** The attachments of a case in the order they were added. */
export async function attachmentsOf(work: Work, caseId: Id): Promise<Attachment[]> {
  const rows = await work.db
    .withTables<CasesTables>()
    .selectFrom('cases.attachment')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute()
  return rows.map(attachmentFromRow)
}

/**
 * An attachment with its bytes as a stream, one chunk in memory at a time. The stream reads in the transaction of `work` and must be read to
 * its end before that ends. Refusal `attachment_not_found`.
 */
export async function readAttachment(
  work: Work,
  attachmentId: Id,
): Promise<{ attachment: Attachment; content: AsyncIterable<Uint8Array> }> {
  const row = await work.db
    .withTables<CasesTables>()
    .selectFrom('cases.attachment')
    .selectAll()
    .where('id', '=', attachmentId)
    .executeTakeFirst()
  if (!row) throw new Refusal('attachment_not_found')
  const attachment = attachmentFromRow(row)
  return { attachment, content: readChunks(work, attachment) }
}

async function* readChunks(work: Work, { id, chunks }: Attachment): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < chunks; index++) {
    const { bytes } = await work.db
      .withTables<CasesTables>()
      .selectFrom('cases.attachment_chunk')
      .select('bytes')
      .where('attachment_id', '=', id)
      .where('index', '=', index)
      .executeTakeFirstOrThrow()
    yield bytes
  }
}

/** The stream cut into pieces of exactly `chunkBytes`, the last one shorter. */
async function* chunked(content: AsyncIterable<Uint8Array>, limitBytes: number): AsyncGenerator<Buffer> {
  let pieces: Uint8Array[] = []
  let waitingBytes = 0
  let totalBytes = 0
  for await (const piece of content) {
    totalBytes += piece.length
    if (totalBytes > limitBytes)
      throw new Refusal('attachment_too_large', { params: { limitMegabytes: limitBytes / 1024 ** 2 } })
    pieces.push(piece)
    waitingBytes += piece.length
    if (waitingBytes < chunkBytes) continue
    const waiting = Buffer.concat(pieces)
    const whole = waiting.length - (waiting.length % chunkBytes)
    for (let start = 0; start < whole; start += chunkBytes) yield waiting.subarray(start, start + chunkBytes)
    pieces = [waiting.subarray(whole)]
    waitingBytes = waiting.length - whole
  }
  if (waitingBytes > 0) yield Buffer.concat(pieces)
}

function getMediaType(start: Uint8Array): MediaType {
  const mediaType = findMediaType(start)
  if (mediaType === undefined) throw new Refusal('attachment_type_not_allowed')
  return mediaType
}

async function requireCase(work: Work, caseId: Id): Promise<void> {
  const row = await work.db
    .withTables<CasesTables>()
    .selectFrom('cases.case_file')
    .select('id')
    .where('id', '=', caseId)
    .executeTakeFirst()
  if (!row) throw new Refusal('case_not_found')
}

async function insertChunk(work: Work, chunk: CasesTables['cases.attachment_chunk']): Promise<void> {
  await work.db.withTables<CasesTables>().insertInto('cases.attachment_chunk').values(chunk).execute()
}

function attachmentFromRow(row: Selectable<AttachmentTable>): Attachment {
  return {
    id: row.id,
    caseId: row.case_id,
    name: row.name,
    kind: row.kind,
    mediaType: row.media_type,
    sizeBytes: row.size_bytes,
    sm3: row.sm3,
    chunks: row.chunks,
    addedAt: row.added_at,
  }
}
