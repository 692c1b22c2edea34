import type { Language } from '../../ground/door.ts'
import { renderVerification, type Verification, verifyCapsule } from '../../policy/door.ts'
import { openVerifier } from './capsule-keys.ts'
import { parseJson, readText, tellProblems } from './rule-input.ts'

/** The options of `tongban verify`, as typed. */
export type VerifyOptions = { key?: string; json?: boolean; lang: Language }

/**
 * Decides a capsule again, from the file alone, and says what holds and what does not. Exit code 0 when all of it holds, 1 when something does
 * not, 2 when it is no capsule that can be read, 3 when all holds but whose signature it is cannot be told.
 */
export async function verify(file: string, options: VerifyOptions): Promise<number> {
  return tellProblems(options, () => {
    const input = parseJson('file', readText('file', file))
    const verification = verifyCapsule(input, openVerifier(options.key))
    console.log(
      options.json ? JSON.stringify(verification, null, 2) : renderVerification(verification, options.lang).join('\n'),
    )
    return exitCodeOf(verification)
  })
}

function exitCodeOf({ holds, findings }: Verification): number {
  if (holds) return 0
  const kinds = new Set(findings.map(({ finding }) => finding))
  if (kinds.has('not_a_capsule') || kinds.has('unknown_version')) return 2
  return kinds.size === 1 && kinds.has('key_unknown') ? 3 : 1
}
