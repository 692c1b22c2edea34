import type { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { BadInput } from '../../ground/door.ts'

/** The one file of a multipart request, as a stream that must be read or resumed to its end. Throws `BadInput` where there is none. */
export async function fileOf(request: FastifyRequest): Promise<{ name: string; content: Readable }> {
  const part = request.isMultipart() ? await request.file() : undefined
  if (!part) throw new BadInput([{ path: 'file', expected: 'multipart/form-data with one file', found: 'nothing' }])
  return { name: part.filename, content: part.file }
}
