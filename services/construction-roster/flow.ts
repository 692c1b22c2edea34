import { z } from 'zod'
import { defineFlow, stepsOf } from '../../cases/door.ts'
import {
  asActor,
  type Id,
  monthsBetween,
  type PlainDate,
  Refusal,
  schemaDate,
  schemaId,
  schemaRegion,
  systemActor,
  type Work,
} from '../../ground/door.ts'
import type { Rulebook } from '../../law/door.ts'
import { getEmployer, getPerson, registerPerson, schemaIdNumber } from '../../people/door.ts'

const worker = z.strictObject({ personId: schemaId, trade: z.string(), coveredFrom: schemaDate })

const rosterState = z.strictObject({
  projectName: z.string().nullable(),
  siteRegion: schemaRegion.nullable(),
  onSite: z.array(worker),
})

type State = z.infer<typeof rosterState>
type Status = 'open' | 'closed'

const step = stepsOf<State, Status>()

const declaredWorker = z.strictObject({
  idNumber: schemaIdNumber,
  name: z.string().trim().min(1).max(60),
  trade: z.string().trim().min(1).max(40),
})

/** A building project and its roster (A2.08): who is on site, declared by name at any hour, covered from the day of declaration. */
export function rosterFlow(rulebook: Rulebook) {
  const register = step({
    title: { zh: '登记项目', en: 'Register the project' },
    opens: true,
    by: ['employer_officer'],
    body: z.strictObject({ projectName: z.string().trim().min(2).max(80), siteRegion: schemaRegion }),
    record: z.strictObject({ projectName: z.string(), siteRegion: schemaRegion }),
    to: 'open',
    async take({ work, body }) {
      if (work.actor.kind !== 'employer') throw new Refusal('not_your_step', { params: { step: 'register', role: '' } })
      const { employerId, agency } = await getEmployer(work, work.actor.employerId)
      return { record: body, subject: { employerId, agency } }
    },
    fold: (state, { body }) => ({ ...state, ...body }),
  })

  const declare = step({
    title: { zh: '申报进场', en: 'Declare workers on site' },
    from: ['open'],
    by: ['employer_officer'],
    body: z.strictObject({ workers: z.array(declaredWorker).min(1).max(500) }),
    record: z.strictObject({ workers: z.array(worker) }),
    to: 'stay',
    async take({ work, file, body, effectiveOn }) {
      const { siteRegion } = rosterState.parse(file.state)
      const declared: z.infer<typeof worker>[] = []
      for (const entry of body.workers) {
        const { personId, birthOn } = await personOf(work, entry, {
          region: siteRegion ?? file.agency,
          agency: file.agency,
        })
        const known = [...file.state.onSite, ...declared].some((held) => held.personId === personId)
        if (known) throw new Refusal('worker_already_on_site')
        declared.push({
          personId,
          trade: entry.trade,
          coveredFrom: await coverFor(work, file.agency, birthOn, effectiveOn),
        })
      }
      return { record: { workers: declared } }
    },
    fold: (state, { body }) => ({ ...state, onSite: [...state.onSite, ...body.workers] }),
  })

  const leave = step({
    title: { zh: '申报退场', en: 'Declare a worker gone' },
    from: ['open'],
    by: ['employer_officer'],
    body: z.strictObject({ personId: schemaId }),
    record: z.strictObject({ personId: schemaId }),
    to: 'stay',
    async take({ file, body }) {
      if (!file.state.onSite.some(({ personId }) => personId === body.personId)) throw new Refusal('worker_not_on_site')
      return { record: body }
    },
    fold: (state, { body }) => ({
      ...state,
      onSite: state.onSite.filter(({ personId }) => personId !== body.personId),
    }),
  })

  const close = step({
    title: { zh: '项目竣工', en: 'Close the project' },
    from: ['open'],
    by: ['employer_officer'],
    body: z.strictObject({}),
    record: z.strictObject({}),
    to: 'closed',
    take: async () => ({ record: {} }),
    fold: (state) => ({ ...state, onSite: [] }),
  })

  /** The day from which a declared worker is covered; what the rule refuses is thrown as its refusal, and nobody of the list is entered. */
  async function coverFor(work: Work, agency: string, birthOn: PlainDate, declaredOn: PlainDate): Promise<PlainDate> {
    const { decision } = await rulebook.decide(work, {
      policy: 'roster-declaration',
      on: declaredOn,
      insuredRegion: agency,
      facts: { projectOpen: true, ageYears: Math.floor(monthsBetween(birthOn, declaredOn) / 12), declaredOn },
    })
    if (decision.outcome !== 'granted') throw new Refusal(decision.reason ?? 'refused', { clause: decision.because })
    return String(decision.results.coveredFrom?.value)
  }

  return defineFlow<State>({
    id: 'construction-roster',
    service: 'construction-roster',
    version: 1,
    title: { zh: '建筑项目实名申报', en: 'Roster of a building project' },
    numberPrefix: 'XM',
    state: rosterState,
    initial: { projectName: null, siteRegion: null, onSite: [] },
    statuses: {
      open: { title: { zh: '在建', en: 'Under construction' }, waitsFor: 'employer' },
      closed: { title: { zh: '已竣工', en: 'Closed' }, final: true },
    },
    steps: { register, declare, leave, close },
    summary: ({ state }) => ({ projectName: state.projectName, onSite: state.onSite.length }),
  })
}

/** The one record of a declared worker (B3.03), made where there is none yet. The node registers; the officer only names the worker. */
function personOf(
  work: Work,
  { idNumber, name }: { idNumber: string; name: string },
  { region, agency }: { region: string; agency: string },
): Promise<{ personId: Id; birthOn: PlainDate }> {
  return asActor(work, systemActor, async (system) => {
    const { personId } = await registerPerson(system, { idNumber, name, homeRegion: region, agency })
    const { birthOn } = await getPerson(system, personId, 'construction roster')
    return { personId, birthOn }
  })
}
