import { ask, renderAsked } from '../../policy/door.ts'
import { openServiceRules } from '../services.ts'
import { type RuleOptions, readRuleQuestion, tellProblems } from './rule-input.ts'

/** The options of `tongban ask`, as typed. */
export type AskOptions = RuleOptions & { json?: boolean }

/**
 * With some facts known, prints the answer when it is certain, or the fact to ask next and why. Exit code 0 for either, 2 for facts, policy,
 * region or date that do not parse.
 */
export async function askNext(policy: string, options: AskOptions): Promise<number> {
  const services = await openServiceRules()
  return tellProblems(options, () => {
    const { service, question } = readRuleQuestion(services, policy, options)
    const { ir, values } = service.rulebook.ruleAsShipped(question)
    const asked = ask(ir, question.facts, values, question.on)
    const lines = () =>
      renderAsked(asked, { ir, values, on: question.on }, service.rulebook.messages[options.lang], options.lang)
    console.log(options.json ? JSON.stringify(asked, null, 2) : lines().join('\n'))
    return 0
  })
}
