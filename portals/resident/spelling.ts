import { useQuery } from '@tanstack/react-query'
import type { Spelling } from './directory-search.ts'

/** Pinyin for a search, fetched when it is first wanted: it weighs more than the page. Undefined until then; a search without it is no failure. */
export function useSpelling(isWanted: boolean): Spelling | undefined {
  const { data } = useQuery({
    queryKey: ['spelling'],
    enabled: isWanted,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: openSpelling,
  })
  return data
}

/** See `Spelling`. */
export async function openSpelling(): Promise<Spelling> {
  const { match, pinyin } = await import('pinyin-pro')
  return {
    syllables: (text) => pinyin(text, { toneType: 'none', type: 'array', v: true }),
    sounds: (text, letters) => match(text, letters, { v: true, continuous: true }) !== null,
  }
}
