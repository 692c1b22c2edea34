import type { z } from 'zod'
import { certificatesIssued, issueCertificate, withdrawCertificate } from '../certificates/door.ts'
import { type BothLanguages, findMessage, must, type Work } from '../ground/door.ts'
import { getPerson, revealIdNumber } from '../people/door.ts'
import { applicantOf, type givenTitle, type ReviewedFile } from './application-state.ts'
import type { Review, ReviewTools } from './review.ts'
import { asNode } from './tables.ts'

type Title = z.infer<typeof givenTitle>

const purpose = 'review_title'

/** Issues the certificate of a title; `occasion` tells a title that was given back from the first one. */
export function issueTitle(
  work: Work,
  tools: ReviewTools,
  review: Review,
  file: ReviewedFile,
  { title, occasion }: { title: Title; occasion: string },
): Promise<unknown> {
  return asNode(work, async (node) => {
    const personId = applicantOf(file)
    const { name, idNumberMasked } = await getPerson(node, personId, purpose)
    const words = (code: string) => wordsOf(tools, code)
    return issueCertificate(node, {
      key: `title:${file.id}:${occasion}`,
      service: review.service,
      kind: 'title',
      agency: file.agency,
      holder: { personId },
      holderNumber: await revealIdNumber(node, personId, purpose),
      caseId: file.id,
      // Read by its holder, beside what people wrote as theirs.
      purpose: `${review.title.zh}评审`,
      paper: {
        title: review.title,
        issuer: words('paper.issuer'),
        holder: { name, number: idNumberMasked },
        facts: [
          { label: words('paper.number'), value: title.number },
          { label: words('paper.from'), value: { on: title.from } },
          { label: words('results.group'), value: words(`choices.${title.group}`) },
          ...Object.entries(title.told).map(([key, value]) => ({
            label: wordsOf(tools, `results.${key}`, `facts.${key}`),
            value:
              typeof value === 'boolean'
                ? words(value ? 'paper.yes' : 'paper.no')
                : wordsOf(tools, `choices.${value}`, String(value)),
          })),
        ],
        notes: [words('paper.note')],
      },
    })
  })
}

/** Withdraws the certificate of a case that stands, so that whoever verifies it is told. */
export async function withdrawTitle(work: Work, file: ReviewedFile, reason: string): Promise<void> {
  const standing = await standingOf(work, file)
  await withdrawCertificate(work, { certificateId: must(standing, 'the certificate of a title').certificateId, reason })
}

/** Whether a certificate of the case stands. */
export async function hasStandingTitle(work: Work, file: ReviewedFile): Promise<boolean> {
  return (await standingOf(work, file)) !== undefined
}

function standingOf(work: Work, { id: caseId }: ReviewedFile) {
  return asNode(work, async (node) => (await certificatesIssued(node, { caseId })).find(({ withdrawn }) => !withdrawn))
}

/** The words of the first code that has some; the last one itself where none has. */
function wordsOf({ rulebook: { messages } }: ReviewTools, ...codes: string[]): BothLanguages {
  const known = codes.find((code) => findMessage(messages, 'zh', code) !== undefined) ?? ''
  const fallback = codes.at(-1) ?? ''
  return {
    zh: findMessage(messages, 'zh', known) ?? fallback,
    en: findMessage(messages, 'en', known) ?? fallback,
  }
}
