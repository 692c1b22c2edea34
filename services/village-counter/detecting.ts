import type { Cases, RiskHit } from '../../cases/door.ts'
import {
  addDays,
  addMonths,
  asActor,
  businessDate,
  type Id,
  monthOf,
  type PlainDate,
  systemActor,
  type Work,
} from '../../ground/door.ts'
import { isWithin, isWorkingDay, type Rulebook } from '../../law/door.ts'
import {
  benefitSpellsOf,
  cardsOf,
  contributedMonths,
  enrolmentsOf,
  findAuthority,
  findPayoutAccount,
  findPersonByIdNumber,
  getUser,
  type PersonView,
  sharedSourcesOf,
} from '../../people/door.ts'
import { listControlRules } from '../../registers/door.ts'
import { rulesOf } from './control-rules.ts'
import type { Counter } from './counters.ts'
import { type Matter, type MatterDetails, matterFlowId, pensionKind, serviceId } from './matters.ts'

const purpose = '村级平台风险提示'

/** What is brought to a counter, as the rules look at it. */
export type Brought = {
  matter: Matter
  idNumber: string
  name: string
  homeRegion?: string | undefined
  agentIdNumber?: string | undefined
  broughtBy: 'self' | 'agent'
  details: MatterDetails
  findings: readonly string[]
}

type Tools = { cases: Cases; rulebook: Rulebook }

/**
 * The control rules that a matter hits at acceptance (B3.09, B3.10): those the registers can tell, and those the operator found. Level and words are
 * those of the register of control rules on that day.
 */
export async function assessMatter(work: Work, tools: Tools, counter: Counter, brought: Brought): Promise<RiskHit[]> {
  const { actor } = work
  const userId = actor.kind === 'institution' ? actor.userId : null
  const operatorId = userId === null ? null : (await getUser(work, userId)).personId
  const found = await asActor(work, systemActor, async (node) => {
    const person = await findPersonByIdNumber(node, brought.idNumber, purpose)
    const birthOn = person?.birthOn ?? birthOnOf(brought.idNumber)
    const scene = { work: node, tools, counter, brought, operatorId, birthOn }
    return {
      ...(await countedHits(scene)),
      ...(person ? await personHits({ ...scene, person }) : { vc_new_record: true }),
    }
  })
  const applicable = new Set(rulesOf(brought.matter).map(({ code }) => code))
  const isHit = (code: string) => applicable.has(code) && (found[code] === true || brought.findings.includes(code))
  const rules = await listControlRules(work, serviceId, work.today)
  return rules.filter(({ code }) => isHit(code)).map(({ code, level }) => ({ rule: code, level }))
}

type Scene = { work: Work; tools: Tools; counter: Counter; brought: Brought; operatorId: Id | null; birthOn: PlainDate }
type Hits = Record<string, boolean>

async function limit({ work, tools, counter }: Scene, name: string): Promise<number> {
  const { value } = await tools.rulebook.valueOf(work, name, { on: work.today, insuredRegion: counter.region })
  return Number(value)
}

/** Known of whoever has a number, record or not (GB 11643: the birth day stands in it). */
function birthOnOf(idNumber: string): PlainDate {
  return [idNumber.slice(6, 10), idNumber.slice(10, 12), idNumber.slice(12, 14)].join('-')
}

/** What concerns the counter, the day, and the number shown. */
async function countedHits(scene: Scene): Promise<Hits> {
  const { work, tools, counter, brought, birthOn } = scene
  const reaches = async (name: string) => addMonths(birthOn, 12 * (await limit(scene, name))) <= work.today
  const today = (await tools.cases.find(work, { flow: matterFlowId, text: counter.code, limit: 200 })).filter(
    ({ openedAt }) => businessDate(openedAt) === work.today,
  )
  return {
    vc_under_age: !(await reaches('insureAgeMin')),
    vc_before_benefit_age: !(await reaches('benefitAge')),
    vc_very_old: await reaches('riskOldAge'),
    vc_operator_busy: today.length >= (await limit(scene, 'riskDailyMax')),
    vc_rest_day: !isWorkingDay(work.today),
    vc_by_another: brought.broughtBy === 'agent',
    vc_other_county: brought.homeRegion !== undefined && !isWithin(brought.homeRegion, counter.region),
    vc_late_death:
      brought.details.diedOn !== undefined &&
      addDays(brought.details.diedOn, await limit(scene, 'riskDeathDays')) < work.today,
  }
}

type PersonScene = Scene & { person: PersonView }

/** What concerns the person. */
async function personHits(scene: PersonScene): Promise<Hits> {
  const { work, brought, person, counter, operatorId } = scene
  return {
    vc_deceased: person.diedOn !== null && brought.matter !== 'cancellation',
    vc_name_mismatch: person.name !== brought.name,
    vc_retired: person.retiredOn !== null,
    vc_agency_elsewhere: !isWithin(person.agency, counter.region) && !isWithin(counter.region, person.agency),
    vc_operator_self: operatorId === person.personId,
    vc_operator_family: operatorId !== null && (await areRelated(work, operatorId, person.personId)),
    vc_agent_unrecorded: await isAgentUnrecorded(scene),
    vc_told_elsewhere: (await sharedSourcesOf(work, person.personId, purpose)).length > 0,
    ...(await earlierHits(scene)),
    ...(await insuranceHits(scene)),
    ...(await cardHits(scene)),
  }
}

async function areRelated(work: Work, one: Id, other: Id): Promise<boolean> {
  const pairs = [
    { subjectPersonId: other, agentPersonId: one },
    { subjectPersonId: one, agentPersonId: other },
  ]
  const found = await Promise.all(pairs.map((pair) => findAuthority(work, { ...pair, on: work.today })))
  return found.some((authority) => authority !== undefined)
}

async function isAgentUnrecorded({ work, brought, person }: PersonScene): Promise<boolean> {
  if (brought.broughtBy === 'self') return false
  if (brought.agentIdNumber === undefined) return true
  const agent = await findPersonByIdNumber(work, brought.agentIdNumber, purpose)
  if (!agent) return true
  const { personId: agentPersonId } = agent
  return (await findAuthority(work, { subjectPersonId: person.personId, agentPersonId, on: work.today })) === undefined
}

async function earlierHits(scene: PersonScene): Promise<Hits> {
  const { work, tools, counter, brought, person } = scene
  const earlier = await tools.cases.find(work, { flow: matterFlowId, personId: person.personId, limit: 50 })
  const same = earlier.filter(({ summary }) => summary.matter === brought.matter)
  const isOpen = ({ closedAt }: { closedAt: string | null }) => closedAt === null
  const since = addDays(work.today, -(await limit(scene, 'riskRepeatDays')))
  const today = earlier.filter(({ openedAt }) => businessDate(openedAt) === work.today)
  return {
    vc_open_elsewhere: same.some((row) => isOpen(row) && row.summary.counter !== counter.code),
    vc_repeated: same.some(({ openedAt }) => businessDate(openedAt) > since),
    vc_many_today: today.length + 1 >= (await limit(scene, 'riskSamePersonDaily')),
  }
}

async function insuranceHits(scene: PersonScene): Promise<Hits> {
  const { work, counter, brought, person } = scene
  const { personId } = person
  const on = work.today
  const enrolments = await enrolmentsOf(work, personId, { on }, purpose)
  const month = monthOf(on)
  const spells = (await benefitSpellsOf(work, personId, {}, purpose)).filter(({ to }) => to === null || to >= month)
  const { months } = await contributedMonths(work, personId, { insurance: 'resident_pension', before: on }, purpose)
  const pensions = spells.filter(({ kind }) => kind === pensionKind)
  const { diedOn } = brought.details
  return {
    vc_already_insured: enrolments.some(({ insurance }) => insurance === 'resident_pension'),
    vc_employee_insured: enrolments.some(({ insurance, relation }) => insurance === 'pension' && relation === 'active'),
    vc_already_receiving: pensions.length > 0,
    vc_receiving_elsewhere: spells.some(
      ({ agency }) => !isWithin(agency, counter.region) && !isWithin(counter.region, agency),
    ),
    vc_other_benefit: spells.some(({ kind }) => kind !== pensionKind),
    vc_benefit_after_death: diedOn !== undefined && diedOn < on && spells.length > 0,
    vc_months_short: months < (await limit(scene, 'benefitMonthsMin')),
  }
}

async function cardHits({ work, person }: PersonScene): Promise<Hits> {
  const cards = await cardsOf(work, person.personId, purpose)
  return {
    vc_no_card: !cards.some(({ state }) => state === 'active' || state === 'lost'),
    vc_card_lost: cards.some(({ state }) => state === 'lost'),
    vc_no_account: (await findPayoutAccount(work, person.personId, purpose)) === undefined,
  }
}
