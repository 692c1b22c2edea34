import { useQueries, useQueryClient } from '@tanstack/react-query'
import { Cascader } from 'antd'
import { useEffect, useState } from 'react'
import type { Region } from '../api-types.ts'
import { useSpeech } from '../language.tsx'
import { useApi } from '../node-context.tsx'

/** Names of regions by code, for tables; the code itself while its name is being read, a dash for none. */
export function useRegionNames(codes: ReadonlyArray<string | null>): (code: string | null) => string {
  const api = useApi()
  const { say } = useSpeech()
  const known = [...new Set(codes)].filter((code) => code !== null)
  const answers = useQueries({
    queries: known.map((code) => ({
      queryKey: ['region', code],
      queryFn: () => api.get<Region>(`/regions/${code}`),
      staleTime: Number.POSITIVE_INFINITY,
    })),
  })
  const names = new Map(answers.flatMap(({ data }) => (data ? [[data.code, data.name] as const] : [])))
  return (code) => {
    const name = code === null ? undefined : names.get(code)
    return name ? say(name) : (code ?? '—')
  }
}

type Option = { value: string; label: string; isLeaf: boolean; children?: Option[] }

/** Chooses a province, or a prefecture or county in it, step by step. Answers with the code of the last part chosen. */
export function RegionSelect(props: { id?: string; value?: string; onChange?: (code: string | undefined) => void }) {
  const api = useApi()
  const queries = useQueryClient()
  const { say } = useSpeech()
  const [options, setOptions] = useState<Option[]>([])
  const [path, setPath] = useState<string[]>()

  const regionsUnder = async (code?: string): Promise<Option[]> => {
    const { items } = await queries.fetchQuery({
      queryKey: ['regions-under', code ?? ''],
      queryFn: () => api.get<{ items: Region[] }>('/regions', { under: code }),
      staleTime: Number.POSITIVE_INFINITY,
    })
    return items.map((region) => ({ value: region.code, label: say(region.name), isLeaf: region.level === 'county' }))
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: the provinces are read once for a field
  useEffect(() => {
    void regionsUnder().then(setOptions)
  }, [])

  const loadChildren = async (selected: Option[]) => {
    const last = selected.at(-1)
    if (!last || last.children) return
    last.children = await regionsUnder(last.value)
    if (last.children.length === 0) last.isLeaf = true
    setOptions((known) => [...known])
  }
  return (
    <Cascader<Option>
      {...(props.id !== undefined && { id: props.id })}
      {...(path && { value: path })}
      options={options}
      changeOnSelect
      loadData={(selected) => void loadChildren(selected)}
      onChange={(chosen) => {
        const next = chosen?.map(String)
        setPath(next)
        props.onChange?.(next?.at(-1))
      }}
      style={{ width: '100%' }}
    />
  )
}
