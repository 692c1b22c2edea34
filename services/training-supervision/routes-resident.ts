import { z } from 'zod'
import { actorPersonId, asActor, must, schemaDate, schemaId, systemActor, type Work } from '../../ground/door.ts'
import { getEmployer } from '../../people/door.ts'
import { type ServiceRoute, type ServiceTools, serviceRoute } from '../contract.ts'
import { enrolTrainee, withdrawEnrolment } from './enrolments.ts'
import { trainingFields, trainingTables } from './tables.ts'

const offered = z.object({
  classId: schemaId,
  number: z.string(),
  title: z.string(),
  institution: z.string(),
  field: z.enum(trainingFields),
  level: z.int(),
  startsOn: schemaDate,
  endsOn: schemaDate,
  place: z.string(),
  capacity: z.int(),
  enrolled: z.int(),
  enrolmentId: schemaId.nullable().describe('of the caller, where they are enrolled'),
})

/** What a resident does (B1.05): look for classes, enrol, take the enrolment back. */
export function residentRoutes({ rulebook }: ServiceTools): ServiceRoute[] {
  return [
    serviceRoute({
      method: 'GET',
      path: '/open-classes',
      title: { zh: '可报名的班和我的班', en: 'Classes that have not begun, and those of the caller' },
      callers: ['person'],
      answer: z.object({ items: z.array(offered) }),
      handle: async (work) => ({ items: await openClasses(work) }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/enrolments',
      title: { zh: '报名', en: 'Enrol in a class' },
      callers: ['person'],
      body: z.strictObject({ classId: schemaId }),
      answer: z.object({ enrolmentId: schemaId }),
      handle: async (work, { body }) => ({
        enrolmentId: await enrolTrainee(work, rulebook, { ...body, personId: ownPerson(work), by: 'person' }),
      }),
    }),
    serviceRoute({
      method: 'POST',
      path: '/enrolments/:enrolmentId/withdrawal',
      title: { zh: '取消报名', en: 'Take an enrolment back' },
      callers: ['person'],
      params: z.object({ enrolmentId: schemaId }),
      body: z.strictObject({}),
      answer: z.object({ done: z.literal(true) }),
      async handle(work, { params }) {
        await withdrawEnrolment(work, ownPerson(work), params.enrolmentId)
        return { done: true as const }
      },
    }),
  ]
}

function ownPerson({ actor }: Work): string {
  return must(actorPersonId(actor) ?? undefined, 'person of a resident')
}

/** Classes anybody may read about; of the trainees only how many there are, and whether the caller is one. */
async function openClasses(work: Work): Promise<Array<z.infer<typeof offered>>> {
  const personId = ownPerson(work)
  return asActor(work, systemActor, async (node) => {
    const rows = await trainingTables(node)
      .selectFrom('svc_training_supervision.class as class')
      .innerJoin('svc_training_supervision.project as project', 'project.id', 'class.project_id')
      .select(['class.id', 'class.number', 'class.title', 'class.employer_id', 'starts_on', 'ends_on', 'place'])
      .select(['capacity', 'field', 'level'])
      .orderBy('starts_on')
      .where('ends_on', '>=', node.today)
      .limit(300)
      .execute()
    const enrolments = await trainingTables(node)
      .selectFrom('svc_training_supervision.enrolment')
      .select(['id', 'class_id', 'person_id'])
      .where('withdrawn_on', 'is', null)
      .where('class_id', 'in', [work.newId(), ...rows.map(({ id }) => id)])
      .execute()
    const classes: Array<z.infer<typeof offered>> = []
    for (const row of rows) {
      const inClass = enrolments.filter(({ class_id }) => class_id === row.id)
      const enrolmentId = inClass.find(({ person_id }) => person_id === personId)?.id ?? null
      if (row.starts_on <= node.today && enrolmentId === null) continue
      classes.push({
        ...{ classId: row.id, number: row.number, title: row.title, field: row.field, level: row.level },
        ...{ startsOn: row.starts_on, endsOn: row.ends_on, place: row.place, capacity: row.capacity },
        ...{ institution: (await getEmployer(node, row.employer_id)).name, enrolled: inClass.length, enrolmentId },
      })
    }
    return classes
  })
}
