import type { Generated } from 'kysely'
import { type Id, type Instant, type PlainDate, Refusal, type Work } from '../../ground/door.ts'
import { getInstitution, registerInstitution } from '../../people/door.ts'

type VillageTables = {
  'svc_village_counter.counter': {
    institution_id: Id
    code: string
    region: string
    station_id: Id | null
    longitude_e6: number
    latitude_e6: number
    from_on: PlainDate
    to_on: Generated<PlainDate | null>
    source: string
  }
  'svc_village_counter.settlement': {
    code: string
    region: string
    name: string
    residents: number
    longitude_e6: number
    latitude_e6: number
    source: string
  }
  'svc_village_counter.visit': {
    id: Id
    counter_id: Id
    region: string
    kind: string
    on_day: PlainDate
    place: string
    reached: number
    topic: string
    recorded_by: Id
    recorded_at: Instant
  }
}

/** The work's transaction with this service's tables. */
export function villageTables(work: Work) {
  return work.db.withTables<VillageTables>()
}

/** A place on the map, in millionths of a degree. */
export type Place = { longitudeE6: number; latitudeE6: number }

/** A counter of a village, or the station of a township, under its statistical code of twelve digits. */
export type Counter = { counterId: Id; code: string; name: string; region: string; stationId: Id | null } & Place

/** What opening a counter takes; without a station it is one itself. */
export type NewCounter = { code: string; name: string; stationId: Id | null; from: PlainDate; source: string } & Place

/** Opens a counter or station, as an institution of its county. Refused: `institution_code_taken`, `outside_own_agency`. */
export async function openCounter(work: Work, counter: NewCounter): Promise<Id> {
  const region = counter.code.slice(0, 6)
  const kind = counter.stationId === null ? 'township_station' : 'village_counter'
  const institutionId = await registerInstitution(work, {
    code: counter.code,
    name: counter.name,
    kind,
    level: null,
    region,
  })
  await villageTables(work)
    .insertInto('svc_village_counter.counter')
    .values({
      ...{ institution_id: institutionId, code: counter.code, region, station_id: counter.stationId },
      ...{ longitude_e6: counter.longitudeE6, latitude_e6: counter.latitudeE6 },
      ...{ from_on: counter.from, source: counter.source },
    })
    .execute()
  return institutionId
}

/** The counters and stations that are open on a day, by code. */
export async function countersOn(work: Work, on: PlainDate): Promise<Counter[]> {
  const rows = await openOn(work, on).orderBy('code').execute()
  return Promise.all(rows.map((row) => counterOf(work, row)))
}

/** The village counter that acts. Refused: `no_village_counter` for whoever acts for none that is open. */
export async function actingCounter(work: Work): Promise<Counter & { stationId: Id }> {
  const { actor } = work
  const row =
    actor.kind === 'institution'
      ? await openOn(work, work.today).where('institution_id', '=', actor.institutionId).executeTakeFirst()
      : undefined
  if (!row?.station_id) throw new Refusal('no_village_counter')
  return { ...(await counterOf(work, row)), stationId: row.station_id }
}

function openOn(work: Work, on: PlainDate) {
  return villageTables(work)
    .selectFrom('svc_village_counter.counter')
    .selectAll()
    .where('from_on', '<=', on)
    .where((where) => where.or([where('to_on', 'is', null), where('to_on', '>=', on)]))
}

async function counterOf(
  work: Work,
  row: {
    institution_id: Id
    code: string
    region: string
    station_id: Id | null
    longitude_e6: number
    latitude_e6: number
  },
): Promise<Counter> {
  const { name } = await getInstitution(work, row.institution_id)
  return {
    ...{ counterId: row.institution_id, code: row.code, name, region: row.region, stationId: row.station_id },
    ...{ longitudeE6: row.longitude_e6, latitudeE6: row.latitude_e6 },
  }
}

const earthRadiusMetres = 6_371_000

/** How far two places are from each other on the ground, in whole metres (haversine). */
export function distanceMetres(one: Place, other: Place): number {
  const radians = (degreesE6: number) => (degreesE6 / 1e6) * (Math.PI / 180)
  const latitudes = radians(other.latitudeE6 - one.latitudeE6)
  const longitudes = radians(other.longitudeE6 - one.longitudeE6)
  const half =
    Math.sin(latitudes / 2) ** 2 +
    Math.cos(radians(one.latitudeE6)) * Math.cos(radians(other.latitudeE6)) * Math.sin(longitudes / 2) ** 2
  return Math.round(2 * earthRadiusMetres * Math.asin(Math.sqrt(half)))
}

/** A place where people live. */
export type Settlement = { code: string; name: string; residents: number } & Place

/** The places where people live, by code. */
export async function settlements(work: Work): Promise<Settlement[]> {
  const rows = await villageTables(work)
    .selectFrom('svc_village_counter.settlement')
    .selectAll()
    .orderBy('code')
    .execute()
  return rows.map(({ code, name, residents, longitude_e6, latitude_e6 }) => ({
    ...{ code, name, residents, longitudeE6: longitude_e6, latitudeE6: latitude_e6 },
  }))
}

/** Who lives within the circle of a counter (B3.01), and the places that lie outside every circle, the largest first. */
export function coverage(places: readonly Settlement[], counters: readonly Place[], radiusMetres: number) {
  const isCovered = (place: Settlement) => counters.some((counter) => distanceMetres(place, counter) <= radiusMetres)
  const residentsOf = (some: readonly Settlement[]) => some.reduce((sum, { residents }) => sum + residents, 0)
  const outside = places.filter((place) => !isCovered(place))
  const residents = residentsOf(places)
  const covered = residents - residentsOf(outside)
  return {
    residents,
    covered,
    sharePpm: residents === 0 ? 0 : Math.floor((covered * 1_000_000) / residents),
    outside: outside.toSorted((one, other) => other.residents - one.residents),
  }
}
