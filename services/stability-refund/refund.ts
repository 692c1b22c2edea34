import { z } from 'zod'
import type { Benefit, FoundFacts, GatherQuestion, Party, PartyFacts } from '../../benefits/door.ts'
import { asActor, must, type PlainDate, Refusal, systemActor, type Work } from '../../ground/door.ts'
import { isWithin, type Rulebook } from '../../law/door.ts'
import { type EmployerFacts, employerFacts, getEmployer, getEmployerFacts } from '../../people/door.ts'
import { listedCreditCodes, listingsOf } from '../../registers/door.ts'

const sources = {
  entityKind: 'employer_profile',
  size: 'employer_profile',
  monthsPaidInFull: 'contribution_records',
  insuredHeadcount: 'contribution_records',
  layoffRatePpm: 'employments',
  paidLastYearFen: 'contribution_records',
  seriouslyDishonest: 'listed_parties',
  inBankruptcyOrDeregistration: 'listed_parties',
}

/** The refund of an employer (C2): nothing is asked, since the registers hold every fact; one a calendar year. */
export function refundBenefit(rulebook: Rulebook): Benefit {
  return {
    id: 'stability-refund',
    service: 'stability-refund',
    version: 1,
    title: { zh: '稳岗返还', en: 'Job-retention refund' },
    numberPrefix: 'WG',
    policy: 'stability-refund',
    applicant: 'employer',
    fields: [],
    answers: z.strictObject({}),
    gather: (work, party, question) => gather(work, rulebook, party, question),
    agencyOf: async (work, party) => (await asNode(work, (node) => getEmployer(node, party.id))).agency,
    occasionOf: (_, appliedOn) => appliedOn.slice(0, 4),
    money: {
      fund: 'unemployment',
      expense: { name: 'job_retention_expense', title: { zh: '稳定岗位补贴支出', en: 'Job-retention expense' } },
    },
    population: (work, question) => population(work, rulebook, question),
  }
}

/**
 * How registers are read for a refund: layoffs of the year that the notice names (C2.03), contributions of the year before the application
 * (C2.04), and whether the months must follow each other without a gap (C2-o3).
 */
async function readingOf(work: Work, rulebook: Rulebook, { on, agency }: { on: PlainDate; agency: string }) {
  const read = async (name: string) => (await rulebook.valueOf(work, name, { on, insuredRegion: agency })).value
  return {
    layoffYear: Number(await read('layoffYear')),
    premiumYear: Number(on.slice(0, 4)) - 1,
    isUnbroken: (await read('monthsMustBeUnbroken')) === true,
  }
}

async function gather(work: Work, rulebook: Rulebook, { id }: Party, question: GatherQuestion): Promise<FoundFacts> {
  const { layoffYear, premiumYear, isUnbroken } = await readingOf(work, rulebook, question)
  return asNode(work, async (node) => {
    const of = (year: number) => getEmployerFacts(node, id, { insurance: 'unemployment', on: question.on, year })
    const [paid, laidOff] = [await of(premiumYear), await of(layoffYear)]
    if (paid.entityKind === null || paid.sizeClass === null) {
      throw new Refusal('employer_profile_missing', { clause: 'C2.04' })
    }
    const lists = (await listingsOf(node, paid.creditCode, question.on)).map(({ list }) => list)
    return { facts: factsOf(paid, laidOff, lists, isUnbroken), sources }
  })
}

/** Every employer that has a profile, page by page; one without a size class cannot be decided by itself and has to apply. */
async function* population(
  work: Work,
  rulebook: Rulebook,
  question: { on: PlainDate; agency: string },
): AsyncGenerator<PartyFacts[]> {
  const { layoffYear, premiumYear, isUnbroken } = await readingOf(work, rulebook, question)
  const lists = await listedCreditCodes(work, question.on)
  const of = (year: number) => employerFacts(work, { insurance: 'unemployment', on: question.on, year })
  const laidOffPages = of(layoffYear)
  for await (const paidPage of of(premiumYear)) {
    const laidOff = new Map((await nextPage(laidOffPages)).map((facts) => [facts.employerId, facts]))
    yield paidPage
      .filter(({ agency }) => agency === question.agency || isWithin(agency, question.agency))
      .filter(({ entityKind, sizeClass }) => entityKind !== null && sizeClass !== null)
      .map((paid) => ({
        party: { kind: 'employer', id: paid.employerId },
        facts: factsOf(
          paid,
          must(laidOff.get(paid.employerId), 'layoffs of an employer'),
          lists.get(paid.creditCode) ?? [],
          isUnbroken,
        ),
      }))
  }
}

async function nextPage(pages: AsyncGenerator<EmployerFacts[]>): Promise<EmployerFacts[]> {
  const { done, value } = await pages.next()
  return done ? [] : value
}

function factsOf(
  paid: EmployerFacts,
  laidOff: EmployerFacts,
  lists: readonly string[],
  isUnbroken: boolean,
): Record<string, unknown> {
  return {
    entityKind: paid.entityKind,
    size: paid.sizeClass,
    monthsPaidInFull: isUnbroken ? paid.monthsPaidInFullRunning : paid.monthsPaidInFull,
    insuredHeadcount: laidOff.headcountYearEnd ?? paid.headcountLatest ?? 0,
    layoffRatePpm: laidOff.layoffRatePpm,
    paidLastYearFen: paid.paidInYearFen,
    seriouslyDishonest: lists.includes('serious_dishonesty'),
    inBankruptcyOrDeregistration: lists.some((list) => list === 'bankruptcy_liquidation' || list === 'deregistration'),
  }
}

/** Registers are read by the node on the employer's or the officer's step: an officer of an employer does not see the lists' other rows. */
function asNode<T>(work: Work, read: (work: Work) => Promise<T>): Promise<T> {
  return asActor(work, systemActor, read)
}
