import * as z from 'zod/mini'
import { type CasePartProps, defineWords, useSpeech } from '../../../kit/door.ts'
import { FactList, type StaffCasePart, stepForm } from '../../../kit/staff/door.ts'

const words = defineWords({
  contest: { zh: '届次', en: 'Contest' },
  name: { zh: '项目', en: 'Project' },
  summary: { zh: '简介', en: 'What it is' },
  scored: { zh: '已打分评委', en: 'Judges who scored' },
  result: { zh: '名次和总分', en: 'Rank and points' },
  outcome: { zh: '结论', en: 'Outcome' },
  admitted: { zh: '参评', en: 'Admit' },
  not_admitted: { zh: '不予参评', en: 'Do not admit' },
  note: { zh: '说明', en: 'Note' },
  points: { zh: '分数（0–100）', en: 'Points (0 to 100)' },
})

const state = z.object({
  answers: z.nullable(z.object({ contest: z.string(), name: z.string(), summary: z.string() })),
  scores: z.array(z.object({ points: z.number() })),
  result: z.nullable(z.object({ rank: z.number(), points: z.number() })),
})

/** A project with the forms of its judges. What others scored is not shown before the result. */
export const casePart: StaffCasePart = {
  flow: 'contest-project',
  Facts: ProjectFacts,
  stepForms: {
    admit: stepForm({
      fields: [
        {
          name: 'outcome',
          kind: 'choice',
          label: words.outcome,
          required: true,
          options: (['admitted', 'not_admitted'] as const).map((value) => ({ value, label: words[value] })),
        },
        { name: 'note', kind: 'long_text', label: words.note, required: true },
      ],
    }),
    declareConflict: stepForm({ fields: [{ name: 'note', kind: 'long_text', label: words.note, required: true }] }),
    giveScore: stepForm({
      fields: [
        { name: 'points', kind: 'count', label: words.points, required: true },
        { name: 'note', kind: 'long_text', label: words.note, required: true },
      ],
    }),
  },
}

function ProjectFacts({ view }: CasePartProps) {
  const { say } = useSpeech()
  const { data } = state.safeParse(view.file.state)
  if (!data?.answers) return null
  const { answers, scores, result } = data
  return (
    <FactList
      facts={[
        { label: say(words.contest), value: answers.contest },
        { label: say(words.name), value: answers.name },
        { label: say(words.summary), value: answers.summary },
        { label: say(words.scored), value: scores.length },
        { label: say(words.result), value: result && `${result.rank} · ${result.points}` },
      ]}
    />
  )
}
