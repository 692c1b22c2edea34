import { BadInput, businessDate, isPlainDate, type PlainDate, systemClock } from '../../ground/door.ts'
import { nationCode, type RegionalPolicy, regionPath, resolveValues } from '../../law/door.ts'
import { describePolicy, descriptionLines } from '../../policy/door.ts'
import { getServiceOfPolicy } from '../policy-list.ts'
import { openServiceRules, type ServiceRules } from '../services.ts'
import { type RuleOptions, tellProblems } from './rule-input.ts'

/** The options of `tongban describe`, as typed. */
export type DescribeOptions = Omit<RuleOptions, 'facts' | 'treatmentRegion'> & { json?: boolean }

/**
 * Prints what a policy says on a day, in numbered sentences with the shipped values of the region, for somebody who reads no code; a figure
 * that the region does not have that day is told by its name alone. Exit code 0, 2 for a policy, region or date that does not parse, 1 for a
 * failure.
 */
export async function describe(policy: string, options: DescribeOptions): Promise<number> {
  const services = await openServiceRules()
  return tellProblems(options, () => {
    const { lang, on = businessDate(systemClock.now()) } = options
    if (!isPlainDate(on)) throw new BadInput([{ path: 'on', expected: 'a calendar date YYYY-MM-DD', found: on }])
    const { rulebook } = getServiceOfPolicy(services, policy)
    const region = options.region ?? nationCode
    const { ir } = ruleOf(rulebook, policy, region)
    const values = resolveValues(rulebook.values, { on, insuredRegion: region })
    if (!ir.bodies.some(({ from, to }) => from <= on && (to === undefined || on <= to))) throw notLaw(ir, on)
    const described = describePolicy(ir, rulebook.messages[lang], lang, { on, values })
    console.log(options.json ? JSON.stringify(described, null, 2) : described.flatMap(descriptionLines).join('\n'))
    return 0
  })
}

function notLaw({ bodies }: RegionalPolicy['ir'], on: PlainDate): BadInput {
  const spans = bodies.map(({ from, to }) => `${from}..${to ?? ''}`)
  return new BadInput([{ path: 'on', expected: `a day on which it is law: ${spans.join(', ')}`, found: on }])
}

/** The rule of the nearest region on the way up; a policy that only other regions have is told as the first of them has it. */
function ruleOf({ policies }: ServiceRules['rulebook'], policy: string, region: string): RegionalPolicy {
  const named = policies.filter(({ ir }) => ir.id === policy)
  const nearest = regionPath(region).flatMap(({ code }) => named.find((each) => each.region === code) ?? [])
  const [found] = [...nearest, ...named]
  if (found === undefined) throw new BadInput([{ path: 'policy', expected: 'a policy of a service', found: policy }])
  return found
}
