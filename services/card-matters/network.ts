import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { parseInput, schemaDate, schemaRegion, type Work } from '../../ground/door.ts'
import { registerOutlet, registerTownship, schemaTownship } from './outlets.ts'

const schemaNetwork = z.strictObject({
  region: schemaRegion,
  source: z.string(),
  assumed: z.boolean(),
  openedOn: schemaDate,
  townships: z.array(schemaTownship.omit({ region: true }).extend({ outlets: z.int().min(0), classA: z.int().min(0) })),
})

/** The shipped network of outlets of a district; its outlets are invented, see the file. */
export function shippedNetwork(): z.infer<typeof schemaNetwork> {
  return parseInput(schemaNetwork, parse(readFileSync(new URL('zengdu.yaml', import.meta.url), 'utf8')))
}

/** The public services that outlets of class A offer, by class (B4.07, B4-o1). */
export function offeredItems(): Array<{ zh: string; en: string; items: string[] }> {
  const text = readFileSync(new URL('offered-items.yaml', import.meta.url), 'utf8')
  return parseInput(
    z.array(z.strictObject({ zh: z.string(), en: z.string(), items: z.array(z.string()) })),
    parse(text),
  )
}

/** Registers a network: its townships, and in each so many outlets that issue at once, the first ones outfitted as class A. */
export async function registerNetwork(work: Work, network: z.infer<typeof schemaNetwork>): Promise<void> {
  const { region, openedOn, townships } = network
  for (const { outlets, classA, ...township } of townships) {
    await registerTownship(work, { ...township, region })
    for (let nth = 1; nth <= outlets; nth++) {
      const isClassA = nth <= classA
      await registerOutlet(work, {
        code: `CARD-${township.code}-${nth}`,
        name: `示例银行${township.nameZh}第${nth}网点`,
        region,
        township: township.code,
        instantIssue: true,
        ...(isClassA
          ? { cardMakers: 2, fullTimeStaff: 4, selfServiceTerminals: 1 }
          : { cardMakers: 1, fullTimeStaff: 1, selfServiceTerminals: 0 }),
        openedOn,
      })
    }
  }
}
