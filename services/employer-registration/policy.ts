import { choice, flag, grant, policy, refer, refuse } from '../../policy/door.ts'

/** A2.06, A2.09: an employer registers for insurance where it is established; what other departments know is not asked again. */
export const employerRegistration = policy({
  id: 'employer-registration',
  title: { zh: '用人单位参保登记', en: 'Registration of an employer' },
  from: '2024-02-20',
  clause: 'A2.09',
  facts: {
    sharedRecord: choice('active', 'cancelled', 'missing'),
    establishedHere: flag(),
    alreadyRegistered: flag(),
  },
  values: {},
  results: {},
  decide(facts) {
    if (facts.alreadyRegistered) return refuse('employer_already_registered', 'A2.09')
    if (facts.sharedRecord === 'missing') return refer('employer_record_missing', 'A2.09')
    if (facts.sharedRecord === 'cancelled') return refuse('employer_deregistered', 'A2.09')
    if (!facts.establishedHere) return refuse('employer_not_established_here', 'A2.06')
    return grant({}, 'A2.06')
  },
})
