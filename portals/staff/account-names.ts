import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../kit/door.ts'
import { useEveryTeller, useRegionNames } from '../../kit/staff/door.ts'

/** Names of accounts with their party: a region or an institution by its name; a person stays unnamed in the books. */
export function useAccountNames(
  parties: ReadonlyArray<string | null>,
): (account: string, party: string | null) => string {
  const { find } = useEveryTeller()
  const api = useApi()
  const institutions = useQuery({
    queryKey: ['institutions'],
    queryFn: () => api.get<{ items: Array<{ institutionId: string; name: string }> }>('/institutions'),
    staleTime: 300_000,
  })
  const regionName = useRegionNames(parties.filter((party) => party !== null && /^\d{6}$/.test(party)))
  const partyName = (party: string) => {
    if (/^\d{6}$/.test(party)) return regionName(party)
    return institutions.data?.items.find(({ institutionId }) => institutionId === party)?.name ?? `…${party.slice(-6)}`
  }
  return (account, party) => {
    const name = find(`account.${account}`) ?? account
    return party === null ? name : `${name} · ${partyName(party)}`
  }
}
