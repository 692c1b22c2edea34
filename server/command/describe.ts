import { nationCode, resolveValues } from '../../law/door.ts'
import { describePolicy, descriptionLines } from '../../policy/door.ts'
import { getServiceOfPolicy } from '../policy-list.ts'
import { getBody, getRegionalPolicy } from '../regional-policy.ts'
import { openServiceRules } from '../services.ts'
import { type RuleOptions, readDay, tellProblems } from './rule-input.ts'

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
    const { lang } = options
    const on = readDay(options.on)
    const service = getServiceOfPolicy(services, policy)
    const { rulebook } = service
    const region = options.region ?? nationCode
    const { ir } = getRegionalPolicy(service, { policy, region, on })
    // Of a day without a body nothing is to be described.
    getBody(ir, on)
    const values = resolveValues(rulebook.values, { on, insuredRegion: region })
    const described = describePolicy(ir, rulebook.messages[lang], lang, { on, values })
    console.log(options.json ? JSON.stringify(described, null, 2) : described.flatMap(descriptionLines).join('\n'))
    return 0
  })
}
