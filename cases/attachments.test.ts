import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sm3 } from '../ground/door.ts'
import { type Club, openClub } from './club.testing.ts'
import { addAttachment, attachmentsOf, readAttachment } from './door.ts'

let club: Club
let caseId: string
beforeAll(async () => {
  club = await openClub()
  caseId = (await club.apply()).caseId
})
afterAll(() => club.node.close())

const pdf = (bytes: number) => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(bytes - 9, 'x')])

async function* inPieces(content: Uint8Array, pieceBytes: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < content.length; start += pieceBytes) yield content.subarray(start, start + pieceBytes)
}

const add = (content: Uint8Array, pieceBytes = 10_000, limitBytes?: number) =>
  club.as(club.applicant, (work) =>
    addAttachment(
      work,
      caseId,
      { name: 'photo.pdf', kind: 'proof', content: inPieces(content, pieceBytes) },
      limitBytes === undefined ? {} : { limitBytes },
    ),
  )

describe('a file comes back as it was sent', () => {
  it.each([
    ['smaller than one chunk', 9, 4],
    ['exactly one chunk', 262_144, 10_000],
    ['one byte more', 262_145, 10_000],
    ['sent in one piece larger than several chunks', 1_000_000, 1_000_000],
    ['sent in many small pieces', 600_000, 777],
  ])('%s', async (_, bytes, pieceBytes) => {
    const content = pdf(bytes)
    const added = await add(content, pieceBytes)
    expect(added).toMatchObject({ mediaType: 'application/pdf', sizeBytes: bytes, sm3: sm3(content) })
    expect(added.chunks).toBe(Math.ceil(bytes / 262_144))
    const read = await club.as(club.acceptor, async (work) => {
      const { content: stream } = await readAttachment(work, added.id)
      const pieces: Uint8Array[] = []
      for await (const piece of stream) pieces.push(piece)
      return Buffer.concat(pieces)
    })
    expect(read.equals(content)).toBe(true)
  })
})

describe('the type is what the bytes say', () => {
  it.each([
    ['png', '89504e470d0a1a0a0000000d49484452', 'image/png'],
    ['jpeg', 'ffd8ffe000104a464946', 'image/jpeg'],
    ['webp', '52494646240000005745425056503820', 'image/webp'],
  ])('%s', async (_, start, mediaType) => {
    expect((await add(Buffer.from(start, 'hex'))).mediaType).toBe(mediaType)
  })

  it.each([
    ['a web page', Buffer.from('<html><script>'), 'attachment_type_not_allowed'],
    ['a sound in a RIFF file', Buffer.from('RIFF\x24\0\0\0WAVEfmt '), 'attachment_type_not_allowed'],
    ['nothing', Buffer.alloc(0), 'attachment_empty'],
  ])('%s is refused', async (_, content, code) => {
    await expect(add(content)).rejects.toMatchObject({ code })
  })
})

describe('what is refused leaves nothing behind', () => {
  it('a file over the limit, one byte either side', async () => {
    const before = await club.as(club.applicant, (work) => attachmentsOf(work, caseId))
    await expect(add(pdf(300_001), 10_000, 300_000)).rejects.toMatchObject({ code: 'attachment_too_large' })
    expect(await club.as(club.applicant, (work) => attachmentsOf(work, caseId))).toEqual(before)
    await add(pdf(300_000), 10_000, 300_000)
  })

  it('nobody attaches to, or reads from, a case they do not see', async () => {
    const added = await add(pdf(9))
    const content = inPieces(pdf(9), 9)
    const adding = club.as(club.elsewhere, (work) => addAttachment(work, caseId, { name: 'x', kind: 'x', content }))
    await expect(adding).rejects.toMatchObject({ code: 'case_not_found' })
    const reading = club.as(club.elsewhere, (work) => readAttachment(work, added.id))
    await expect(reading).rejects.toMatchObject({ code: 'attachment_not_found' })
  })
})
