import { Refusal } from '../../ground/door.ts'
import { seedDemo } from '../demo/seed.ts'
import { readSettings } from '../settings.ts'
import { openConfiguredWorld } from './open-configured-world.ts'

/** Makes the demo world where it is not there yet, and stops. Refuses `demo_mode_needed` outside demo mode. */
export async function seed(): Promise<number> {
  const settings = readSettings(process.env)
  if (!settings.demo) throw new Refusal('demo_mode_needed')
  const world = await openConfiguredWorld(settings)
  try {
    const made = await seedDemo(world, { history: true })
    console.log(
      made ? '演示世界已建好。 The demo world is made.' : '演示世界已经存在。 The demo world is there already.',
    )
    return 0
  } finally {
    await world.stop()
  }
}
