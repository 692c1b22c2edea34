import type { StepTaken } from '../../../cases/door.ts'
import type { Actor, Id } from '../../../ground/door.ts'
import type { Chapter, Dice, Finding, Outcome, Request, SimulatedRegion, Stage } from '../../../simulation/door.ts'
import { payPrepaid } from '../prepaid.ts'
import { type Cast, type Hospital, hubRegion, type Insured, provinces } from './cast.ts'
import { disputableIn, type OpenCase, openCases, todayOf, waitingIn } from './desk.ts'
import { type NextStep, nextStep } from './next-steps.ts'

/** An advance that somebody sent off; `isCertain`: they were told that it was paid. */
export type Advance = { from: string; to: string; amountFen: number; isCertain: boolean }

/** A step that somebody was told was taken. */
export type Acknowledged = { region: string; taken: StepTaken }

/** Lets the people of the play act, and remembers what they were told. */
export type Director = {
  open(chapter: Chapter): Promise<void>
  act(dice: Dice): Promise<void>
  finish(): Promise<boolean>
  readonly advances: readonly Advance[]
  readonly acknowledged: readonly Acknowledged[]
  /** Answers that contradict each other. */
  readonly contradictions: readonly Finding[]
}

/** See `Director`. */
export function createDirector(cast: Cast, stage: Stage, past: Advance[]): Director {
  const advances = [...past]
  const acknowledged: Acknowledged[] = []
  const contradictions: Finding[] = []
  /** What was asked without an answer: people ask again with the same key. */
  const unanswered: Array<Request<StepTaken>> = []
  let keys = 0
  /** Where cases of the chapter wait for the stories, and whether whoever is in hospital leaves it without a settlement. */
  let leaves: readonly string[] = []
  let isLeaving = false

  /** Returns the answer where they were told that it is done. */
  async function send(request: Request<StepTaken>): Promise<StepTaken | undefined> {
    const outcome = await stage.attempt(request)
    note(request, outcome)
    return outcome.is === 'done' ? outcome.answer : undefined
  }

  /** Whoever brought a matter in may not accept it: then a colleague does. Returns whether either of them was told that it is done. */
  async function sendOrColleague(region: SimulatedRegion, file: OpenCase, next: NextStep): Promise<boolean> {
    const request = stepOn(region, file, next)
    const outcome = await stage.attempt(request)
    note(request, outcome)
    const colleague = colleagueFor(region, next)
    if (outcome.is !== 'refused' || outcome.code !== 'same_officer_excluded' || !colleague) return outcome.is === 'done'
    return (await send(stepOn(region, file, { ...next, actor: colleague }))) !== undefined
  }

  function colleagueFor(region: SimulatedRegion, { step }: NextStep): Actor | undefined {
    return step === 'accept' ? cast.officers.get(region.region)?.second_accept : undefined
  }

  /** A click too many: the same request, with its key, gets the same answer. */
  async function sendAgain(request: Request<StepTaken>, first: StepTaken): Promise<void> {
    const outcome = await stage.attempt(request)
    note(request, outcome)
    if (outcome.is === 'unknown' || (outcome.is === 'done' && outcome.answer.seq === first.seq)) return
    contradictions.push({ judge: 'answers', what: `${request.say}: asked again with its key, it was ${outcome.is}` })
  }

  function note(request: Request<StepTaken>, outcome: Outcome<StepTaken>): void {
    if (outcome.is === 'done') acknowledged.push({ region: request.region.region, taken: outcome.answer })
    if (outcome.is === 'unknown') unanswered.push(request)
  }

  function stepOn(region: SimulatedRegion, file: OpenCase, next: NextStep): Request<StepTaken> {
    const { who, actor, step, body } = next
    const request = { caseId: file.id, step, body, expectedSeq: file.seq, idempotencyKey: `${stage.story}: ${++keys}` }
    return { region, actor, say: `${who}: ${step} ${file.number}`, act: (work) => region.cases.take(work, request) }
  }

  function opening(
    region: SimulatedRegion,
    { who, actor }: { who: string; actor: Actor },
    flow: string,
    { body, agency = region.region, subject = {} }: { body: object; agency?: string; subject?: object },
  ): Request<StepTaken> {
    const request = { flow, body, agency, subject, idempotencyKey: `${stage.story}: ${++keys}` }
    return { region, actor, say: `${who}: opens ${flow}`, act: (work) => region.cases.open(work, request) }
  }

  async function goOn(dice: Dice): Promise<void> {
    for (let tries = 0; tries < 8; tries++) {
      const region = dice.pick(stage.nation.regions)
      const files = await openCases(region)
      const file = files[dice.below(Math.max(1, files.length))]
      if (file?.flow === 'payment' && dice.chance(40)) return drawUpAnother(region)
      const next = file && (await nextStep({ cast, region, file, dice }))
      if (!next) continue
      const request = stepOn(region, file, next)
      if (dice.chance(8)) return sendTogether([request, rivalOf(region, file, next, dice)])
      const answer = await send(request)
      if (answer && dice.chance(12)) await sendAgain(request, answer)
      for (let more = 0; answer && more < 3 && dice.chance(45); more++) await goFurther(region, file.id, dice)
      return
    }
    // Nobody found anything to go on with.
    return begin(dice)
  }

  /** Whoever has just taken a step, or who comes after them, takes the next one of the same case. */
  async function goFurther(region: SimulatedRegion, caseId: Id, dice: Dice): Promise<void> {
    const file = (await openCases(region)).find(({ id }) => id === caseId)
    const next = file && (await nextStep({ cast, region, file, dice }))
    if (next) await send(stepOn(region, file, next))
  }

  /** Somebody who does the same at the same moment: a colleague, or the same officer on a second screen. */
  function rivalOf(region: SimulatedRegion, file: OpenCase, next: NextStep, dice: Dice): Request<StepTaken> {
    const colleague = colleagueFor(region, next)
    return stepOn(region, file, { ...next, actor: (dice.chance(50) && colleague) || next.actor })
  }

  async function sendTogether(requests: Array<Request<StepTaken>>): Promise<void> {
    const outcomes = await stage.attemptTogether(requests)
    for (const [index, outcome] of outcomes.entries()) {
      const request = requests[index]
      if (request) note(request, outcome)
    }
    const done = outcomes.flatMap((outcome) => (outcome.is === 'done' ? [outcome.answer.seq] : []))
    if (done.length > 1) {
      contradictions.push({
        judge: 'answers',
        what: `${requests[0]?.say}: two did it at once, as steps ${done.join(', ')}`,
      })
    }
  }

  async function begin(dice: Dice): Promise<void> {
    const what = dice.weigh({ file: 5, admit: 8, reconcile: 5, pay: 7, advance: 2, dispute: 3 })
    if (what === 'file') return file(dice.pick(cast.people), dice.pick(cast.hospitals), dice)
    if (what === 'admit') return admit(dice.pick(cast.people), dice.pick(cast.hospitals), dice)
    const region = stage.nation.region(dice.pick(provinces))
    if (what === 'advance') return advance(region, dice)
    if (what === 'dispute') return disputeItem(region, dice)
    if (what === 'pay' && dice.chance(40)) return drawUpAnother(region)
    await openBatches(region, what === 'reconcile', what === 'pay')
  }

  /** A batch is drawn up whatever there is to pay, also beside one that is open. */
  async function drawUpAnother(region: SimulatedRegion): Promise<void> {
    const actor = cast.officers.get(region.region)?.pay
    if (actor) await send(opening(region, { who: `pay of ${region.region}`, actor }, 'payment', { body: {} }))
  }

  async function file(person: Insured, place: Hospital, dice: Dice | null): Promise<void> {
    const body = {
      ...{ filingClass: 'long_term_residence', treatmentRegion: place.city },
      ...{ residenceSince: dice?.chance(10) ? '2026-02-01' : '2025-09-01', residenceProof: 'document' },
    }
    const who = { who: person.name, actor: person.actor }
    const subject = { personId: person.personId }
    await send(opening(stage.nation.region(person.home), who, 'filing', { body, subject }))
  }

  async function admit(person: Insured, hospital: Hospital, dice: Dice | null): Promise<void> {
    const region = stage.nation.region(hospital.region)
    const body = {
      insuredRegion: person.home,
      shown: { kind: 'card', cardNumber: person.cardNumber },
      ...{ careKind: dice?.chance(10) ? 'outpatient' : 'inpatient', costType: 'medical' },
      admittedOn: todayOf(region),
      ...{ thirdPartyLiable: false, otherInsuranceOpen: false },
    }
    const who = { who: `hospital of ${hospital.region} (${person.name})`, actor: hospital.office }
    const subject = { institutionId: hospital.institutionId }
    await send(opening(region, who, 'stay', { body, subject }))
  }

  /** Opens what is waited for: a month's reconciliation, a batch to pay. Returns whether anything was. */
  async function openBatches(region: SimulatedRegion, reconcile: boolean, pay: boolean): Promise<boolean> {
    const { hospitalsToReconcile, isPaymentDue } = await waitingIn(region)
    const officers = cast.officers.get(region.region)
    const requests: Array<Request<StepTaken>> = []
    for (const institutionId of reconcile && officers?.audit ? hospitalsToReconcile : []) {
      const who = { who: `audit of ${region.region}`, actor: officers?.audit ?? { kind: 'public' as const } }
      requests.push(
        opening(region, who, 'reconciliation', { body: { institutionId, month: todayOf(region).slice(0, 7) } }),
      )
    }
    if (pay && isPaymentDue && officers?.pay) {
      requests.push(opening(region, { who: `pay of ${region.region}`, actor: officers.pay }, 'payment', { body: {} }))
    }
    let isAny = false
    for (const request of requests) isAny = (await send(request)) !== undefined || isAny
    return isAny
  }

  async function disputeItem(region: SimulatedRegion, dice: Dice): Promise<void> {
    const actor = cast.officers.get(region.region)?.audit
    const items = await disputableIn(region)
    const item = items[dice.below(Math.max(1, items.length))]
    if (!actor || !item) return
    // Now and then nothing is held to be owed.
    const expectedFen = dice.chance(15) ? 0 : Math.max(0, item.owedFen - 1 - dice.below(5_000))
    const body = { settlementNumber: item.number, expectedFen, reason: '目录外项目' }
    const who = { who: `audit of ${region.region} (${item.number})`, actor }
    await send(opening(region, who, 'dispute', { body }))
  }

  async function advance(region: SimulatedRegion, dice: Dice): Promise<void> {
    const to = dice.pick(provinces.filter((province) => province !== region.region))
    await payAdvance(region, to, 100_000 * (1 + dice.below(9)))
  }

  async function payAdvance(region: SimulatedRegion, to: string, amountFen: number): Promise<void> {
    const actor = cast.officers.get(region.region)?.pay
    if (!actor) return
    const outcome = await stage.attempt({
      ...{ region, actor, say: `pay of ${region.region}: advances ${amountFen} to ${to}` },
      act: (work) => payPrepaid(work, to, amountFen),
    })
    if (outcome.is === 'done' || outcome.is === 'unknown') {
      advances.push({ from: region.region, to, amountFen, isCertain: outcome.is === 'done' })
    }
  }

  /** A step that is not the next one, by somebody whose it is not, with whatever body. */
  async function blunder(dice: Dice): Promise<void> {
    const region = dice.pick(stage.nation.regions)
    const files = await openCases(region)
    if (files.length === 0) return
    const target = dice.pick(files)
    const other = dice.pick(files)
    const next = await nextStep({ cast, region, file: other, dice })
    const officers = Object.entries(cast.officers.get(region.region) ?? {})
    const [role, actor] = dice.pick(officers)
    const step = next?.step ?? 'undo'
    const body = dice.chance(30) ? { outcome: 'approved', amountFen: -1 } : (next?.body ?? {})
    await send(stepOn(region, target, { who: `${role} of ${region.region}`, actor, step, body }))
  }

  async function askAgain(dice: Dice | null): Promise<boolean> {
    const index = dice ? dice.below(Math.max(1, unanswered.length)) : 0
    const [request] = unanswered.splice(index, 1)
    if (request) await send(request)
    return request !== undefined
  }

  /** Each worker goes to the hospital after their own in the list, which is in another province. */
  async function eachElsewhere(
    act: (person: Insured, hospital: Hospital, dice: null) => Promise<void>,
    people = cast.people,
  ): Promise<void> {
    for (const person of people) {
      const own = cast.hospitals.findIndex(({ region }) => region === person.home)
      const hospital = cast.hospitals[(own + 1) % cast.hospitals.length]
      if (hospital) await act(person, hospital, null)
    }
  }

  return {
    advances,
    acknowledged,
    contradictions,
    async open({ name, leaves: left = [] }) {
      leaves = left
      isLeaving = name === 'claimed'
      if (name === 'filed') {
        await eachElsewhere(file)
        for (const [index, from] of provinces.entries()) {
          await payAdvance(stage.nation.region(from), provinces[(index + 1) % provinces.length] ?? from, 2_000_000)
        }
        past.push(...advances)
      }
      if (name === 'treated') await eachElsewhere(admit, cast.people.slice(0, 1))
      if (name === 'claimed') await eachElsewhere(admit, cast.people.slice(0, 2))
      if (name === 'paid') await eachElsewhere(admit)
    },
    async act(dice) {
      const what = dice.weigh({ goOn: 60, begin: 25, askAgain: 8, blunder: 7 })
      if (what === 'askAgain' && (await askAgain(dice))) return
      if (what === 'begin') return begin(dice)
      if (what === 'blunder') return blunder(dice)
      return goOn(dice)
    },
    async finish() {
      let isBusy = false
      while (await askAgain(null)) isBusy = true
      // Looked at side by side; what changes meanwhile is looked at again.
      await Promise.all(stage.nation.regions.flatMap((region) => [openCases(region), waitingIn(region)]))
      for (const region of stage.nation.regions) {
        for (const open of await openCases(region)) {
          const next = leaves.includes(`${open.flow} ${open.status}`)
            ? undefined
            : await nextStep({ cast, region, file: open, dice: null, isLeaving })
          if (!next) continue
          isBusy = (await sendOrColleague(region, open, next)) || isBusy
        }
        const isTaken = !leaves.includes('stay settled')
        if (region.region !== hubRegion && isTaken && (await openBatches(region, true, true))) isBusy = true
      }
      return isBusy
    },
  }
}
