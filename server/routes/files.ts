import { buffer } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { refuseForgery, refuseOtherCallers } from '../http/identity.ts'
import { operationSchema } from '../http/mount.ts'
import { readTable } from '../http/spreadsheet.ts'
import { fileOf } from '../http/upload.ts'

const callers = ['staff', 'institution', 'employer']

/**
 * Reads a file of rows for a page that maps its columns and sends the rows where they belong (a catalogue, a mapping, a bill). Keeps nothing, so
 * no key is needed.
 */
export async function fileRoutes(app: FastifyInstance): Promise<void> {
  app.post('/files/table', {
    schema: operationSchema({
      method: 'POST',
      path: '/files/table',
      tag: 'files',
      title: { zh: '读取表格文件', en: 'Read a CSV or Excel file (multipart, one file) into rows; keeps nothing' },
      callers,
      answer: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string())) }),
    }),
    preValidation: async (request) => {
      refuseOtherCallers(request.identity, callers)
      refuseForgery(request, request.identity.session)
    },
    handler: async (request) => {
      const { content } = await fileOf(request)
      return readTable(await buffer(content))
    },
  })
}
