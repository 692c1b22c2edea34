import { addMonths, monthOf, must } from '../../ground/door.ts'
import {
  createUser,
  findUserByLogin,
  getPerson,
  recordPersonContributions,
  registerPerson,
  revealIdNumber,
  setPasswordHash,
} from '../../people/door.ts'
import type { DemoNation } from '../contract.ts'

const purpose = 'demo'

/** Who signs in where they once worked. */
export const demoLogins = { '320000': ['nanjing-formerly'] }

/**
 * Somebody of Hebei, short of a month there, who worked in Nanjing for half a year before: Jiangsu knows it, and Hebei does not until she lets it
 * ask. Everything is invented. Nothing where a node is missing.
 */
export async function liveElsewhere(nation: DemoNation): Promise<void> {
  const here = nation.find('130000')
  const there = nation.find('320000')
  if (!here || !there) return
  const known = await here.run(async (work) => {
    const personId = here.idOf('person:he-eleven-months')
    return { ...(await getPerson(work, personId, purpose)), idNumber: await revealIdNumber(work, personId, purpose) }
  })
  await there.run(async (work) => {
    const { idNumber, name, homeRegion } = known
    const { personId } = await registerPerson(work, { idNumber, name, homeRegion, agency: '320100' })
    const months = Array.from({ length: 6 }, (_, nth) => monthOf(addMonths('2024-09-01', nth)))
    await recordPersonContributions(
      work,
      months.map((month) => ({
        ...{ personId, insurance: 'unemployment' as const, month, employerId: null },
        ...{ baseFen: 480_000, paidOn: `${month}-20` },
      })),
    )
    const officer = must(await findUserByLogin(work, 'nanjing-accept'), 'an officer of the demo world')
    const userId = await createUser(work, { login: 'nanjing-formerly', displayName: name, personId })
    // Their password is that of every user of the demo world.
    await setPasswordHash(work, userId, must(officer.passwordHash, 'a password'))
  })
}
