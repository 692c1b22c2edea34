import { z } from 'zod'
import { type BothLanguages, Refusal } from '../../ground/door.ts'
import { bothFields, dayField, type List, rowFields, text } from '../lists/list.ts'

const stageNames = ['demand', 'training', 'assessment', 'service'] as const
type Stage = (typeof stageNames)[number]

const stages: Record<Stage, BothLanguages> = {
  demand: { zh: '岗位需求（须关联招聘岗位）', en: 'post demand (with a linked vacancy)' },
  training: { zh: '技能培训', en: 'skills training' },
  assessment: { zh: '技能评价', en: 'skills assessment' },
  service: { zh: '就业服务', en: 'employment service' },
}

const trainingProjectFields = z
  .strictObject({
    ...rowFields,
    name: bothFields,
    /** Where jobs are many and people are short (C9.04). */
    field: z.enum(['elderly_and_child_care', 'advanced_manufacturing', 'modern_services', 'new_occupations']),
    /** The vacancies that ask for the training: number and title of each. */
    demand: z.array(z.strictObject({ vacancy: text(), title: bothFields })).exactOptional(),
    training: bothFields.exactOptional(),
    assessment: bothFields.exactOptional(),
    service: bothFields.exactOptional(),
    approvedOn: dayField.exactOptional(),
  })
  .refine((project) => project.approvedOn === undefined || missingStages(project).length === 0, {
    path: ['approvedOn'],
    error: '四个环节齐全后才能批准 / only with all four stages',
  })

/** A training project by the model of four stages (C9.03). */
export type TrainingProject = z.infer<typeof trainingProjectFields>

/** Training projects: recorded in any state, approved only when all four stages are there. */
export const trainingProjects: List<TrainingProject> = {
  id: 'training-projects',
  title: { zh: '“技能照亮前程”培训项目', en: 'Training projects “Skills Light the Way”' },
  schema: trainingProjectFields,
  tell(project) {
    const missing = missingStages(project)
    const states = {
      approved: { zh: '已批准', en: 'approved' },
      complete: { zh: '四环节齐全', en: 'complete' },
      incomplete: { zh: '不完整', en: 'incomplete' },
    }
    return {
      name: project.name,
      state: project.approvedOn ? states.approved : missing.length === 0 ? states.complete : states.incomplete,
      notes: missing.map((stage) => ({ zh: `缺：${stages[stage].zh}`, en: `missing: ${stages[stage].en}` })),
    }
  },
  step: {
    title: { zh: '批准', en: 'Approve' },
    mark: 'approvedOn',
    isNext: ({ approvedOn }) => approvedOn === undefined,
    taken(project, on) {
      const missing = missingStages(project)
      if (missing.length > 0) {
        throw new Refusal('training_project_incomplete', {
          clause: 'C9.03',
          params: { missingStages: missing.join(', ') },
        })
      }
      return { ...project, approvedOn: on }
    },
  },
}

/** The stages that a project lacks; without a linked vacancy there is no demand. */
export function missingStages(project: Partial<Record<Stage, unknown>>): Stage[] {
  return stageNames.filter((stage) => {
    const told = project[stage]
    return told === undefined || (Array.isArray(told) && told.length === 0)
  })
}
