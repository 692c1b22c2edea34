import type { PolicyBody, PolicyIr } from '../ir.ts'
import type { CheckContext } from './context.ts'
import { findBodyProblems, findOverlappingValues, findValueProblems } from './days.ts'
import { findCaseProblems, findDeclarationProblems } from './declared.ts'
import type { Finding, Found } from './finding.ts'
import { findAssumedValues, findConstantResults, findOverdueReviews } from './notes.ts'
import { findPathProblems } from './paths.ts'
import { FINDINGS } from './sentences.ts'
import { type BodyStudy, canComeTo, studyBody } from './study.ts'
import { findBrokenPromises, findCliffs } from './sweep.ts'

/**
 * What is wrong with a policy and what should be known of it, under the values that are in force: days without law, what is declared and not
 * used, conditions that always come out alike, cases that never come, broken promises; and, as notes, cliffs, assumptions and overdue reviews.
 * Whatever is shown by facts is decided by `decide` before it is reported; what is said to be impossible is proved. The same input gives the
 * same findings, in the order of the file.
 */
export function checkPolicy(ir: PolicyIr, context: CheckContext): Finding[] {
  const overlaps = findBodyProblems(ir, context).filter(({ code }) => code === 'TC1001')
  // Which of two bodies decides on a day that both cover is no law: nothing else can be shown until that is mended.
  if (overlaps.length > 0) return overlaps.map((each) => findingOf(ir, each))
  const studies = ir.bodies.filter((body) => isAsked(body, context)).map((body) => studyBody(ir, body, context))
  const found = [
    ...findBodyProblems(ir, context),
    ...findOverlappingValues(ir, context),
    ...findDeclarationProblems(ir, context),
    ...findCaseProblems(ir, context, (end) => studies.some((study) => canComeTo(study, end))),
    ...findOverdueReviews(ir, context),
    ...studies.flatMap((study) => bodyFindings(study, context)),
  ]
  return found
    .map((each) => findingOf(ir, each))
    .toSorted((a, b) => a.at.start - b.at.start || (a.code < b.code ? -1 : 1))
}

function isAsked({ from, to }: PolicyBody, { on }: CheckContext): boolean {
  return on === undefined || (from <= on && (to === undefined || on <= to))
}

function bodyFindings(study: BodyStudy, context: CheckContext): Found[] {
  return [
    ...findValueProblems(study.ir, study.body, context),
    ...findPathProblems(study),
    ...findBrokenPromises(study),
    ...findCliffs(study),
    ...findAssumedValues(study),
    ...findConstantResults(study),
  ]
}

function findingOf({ id, file }: PolicyIr, { code, at, params, witnesses = [] }: Found): Finding {
  return { level: FINDINGS[code].level, code, policy: id, file, at, params, witnesses }
}
