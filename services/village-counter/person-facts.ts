import { asActor, type Id, monthOf, monthsBetween, type PlainDate, systemActor, type Work } from '../../ground/door.ts'
import {
  benefitSpellsOf,
  contributedMonths,
  enrolmentsOf,
  findPersonByIdNumber,
  getPerson,
  type PersonView,
} from '../../people/door.ts'
import { type Matter, pensionKind } from './matters.ts'

const purpose = '村级平台办理'

/** The one record of a number (B3.03), whoever holds it; an operator sees no person, so the node looks. */
export function findByNumber(work: Work, idNumber: string): Promise<PersonView | undefined> {
  return asActor(work, systemActor, (node) => findPersonByIdNumber(node, idNumber, purpose))
}

/** What the registers say of a person that the rule of a matter asks (B3.07): nothing of it is asked at the counter. */
export function matterFacts(
  work: Work,
  matter: Matter,
  personId: Id,
  { on, diedOn = null }: { on: PlainDate; diedOn?: PlainDate | null },
): Promise<Record<string, unknown>> {
  return asActor(work, systemActor, async (node) => {
    const person = await getPerson(node, personId, purpose)
    const enrolments = await enrolmentsOf(node, personId, { on }, purpose)
    const month = monthOf(on)
    // What begins next month counts too.
    const spells = (await benefitSpellsOf(node, personId, {}, purpose)).filter(({ to }) => to === null || to >= month)
    const { months } = await contributedMonths(node, personId, { insurance: 'resident_pension', before: on }, purpose)
    return {
      matter,
      ageYears: Math.min(130, Math.max(0, Math.floor(monthsBetween(person.birthOn, on) / 12))),
      deceased: person.diedOn !== null || diedOn !== null,
      insured: enrolments.some(({ insurance }) => insurance === 'resident_pension'),
      insuredAsEmployee: enrolments.some(({ insurance, relation }) => insurance === 'pension' && relation === 'active'),
      receiving: spells.some(({ kind }) => kind === pensionKind),
      receivesOtherPension: person.retiredOn !== null || spells.some(({ kind }) => kind === 'pension'),
      monthsPaid: months,
      acceptedOn: on,
    }
  })
}
