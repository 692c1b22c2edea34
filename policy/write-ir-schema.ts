/** Writes the published schema of the IR: `node policy/write-ir-schema.ts`, then the formatter. */
import { writeFileSync } from 'node:fs'
import { policyIrJsonSchema } from './ir-schema.ts'

writeFileSync(new URL('ir.schema.json', import.meta.url), `${JSON.stringify(policyIrJsonSchema(), null, 2)}\n`)
