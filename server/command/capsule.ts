import { writeFileSync } from 'node:fs'
import { BadInput } from '../../ground/door.ts'
import { sealCapsule } from '../../policy/door.ts'
import { openServiceRules } from '../services.ts'
import { openSigner } from './capsule-keys.ts'
import { type RuleOptions, readRuleQuestion, tellProblems } from './rule-input.ts'

/** The options of `tongban capsule`, as typed. */
export type CapsuleOptions = RuleOptions & { key?: string; out?: string }

/**
 * Decides with the shipped values and writes the decision with everything it was made of, signed with the key of the node or of a key file, to
 * a file or standard output. Exit code 0 when it is written, 2 for input that does not parse or a key that is not there.
 */
export async function capsule(policy: string, options: CapsuleOptions): Promise<number> {
  const services = await openServiceRules()
  return tellProblems(options, () => {
    const { service, question } = readRuleQuestion(services, policy, options)
    const { ir, values } = service.rulebook.ruleAsShipped(question)
    const { facts, on, insuredRegion } = question
    const sealed = sealCapsule({ ir, facts, values, on, sign: openSigner(options.key, insuredRegion) })
    const text = JSON.stringify(sealed, null, 2)
    if (options.out === undefined) console.log(text)
    else write(options.out, `${text}\n`)
    return 0
  })
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch {
    throw new BadInput([{ path: 'out', expected: 'a file that can be written', found: file }])
  }
}
