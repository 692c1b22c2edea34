import { type IssuedCertificate, issueCertificate } from '../../certificates/door.ts'
import { addDays, asActor, BadInput, type Id, Refusal, systemActor, type Work } from '../../ground/door.ts'
import type { Rulebook } from '../../law/door.ts'
import { revealIdNumber } from '../../people/door.ts'
import { proofPaper, statementPaper } from './papers.ts'
import { readRecords, sumsOf } from './records.ts'

/** Which paper somebody wants, and what for. A statement is of a year, a proof of now. */
export type Wanted = { kind: 'statement'; year: number; purpose: string } | { kind: 'proof'; purpose: string }

/**
 * Issues a statement or proof of a person whom the acting party sees; `key` is the request, which gives one paper however often it is sent. Refused:
 * `nothing_on_record`; `BadInput` for a year to come.
 */
export async function issueStatement(
  work: Work,
  rulebook: Rulebook,
  { key, personId, wanted }: { key: string; personId: Id; wanted: Wanted },
): Promise<IssuedCertificate> {
  if (wanted.kind === 'statement' && wanted.year > Number(work.today.slice(0, 4))) {
    throw new BadInput([{ path: 'year', expected: 'a year that has begun', found: String(wanted.year) }])
  }
  const records = await readRecords(work, personId, 'insurance_statement')
  const { person, enrolments, months } = records
  const pension = sumsOf(months).find(({ insurance }) => insurance === 'pension')
  const facts = {
    kind: wanted.kind,
    insuredNow: enrolments.length,
    recordedMonths: months.length,
    pensionPaidBaseFen: pension?.paidBaseFen ?? 0,
  }
  // The rule and its values are kept by their hashes, which is the node's own doing.
  const { decision } = await asActor(work, systemActor, (node) =>
    rulebook.decide(node, { policy: 'insurance-statement', on: work.today, insuredRegion: person.agency, facts }),
  )
  if (decision.outcome !== 'granted')
    throw new Refusal(decision.reason ?? decision.outcome, { clause: decision.because })
  const ownAccountFen = Number(decision.results.ownAccountFen?.value)
  const paper = wanted.kind === 'statement' ? statementPaper(records, wanted.year, ownAccountFen) : proofPaper(records)
  return issueCertificate(work, {
    key: `insurance-statement:${key}`,
    service: 'insurance-statement',
    kind: wanted.kind,
    agency: person.agency,
    holder: { personId },
    holderNumber: await revealIdNumber(work, personId, 'insurance_statement'),
    paper,
    purpose: wanted.purpose,
    ...(wanted.kind === 'proof' && { validUntil: addDays(work.today, Number(decision.results.validDays?.value)) }),
  })
}
