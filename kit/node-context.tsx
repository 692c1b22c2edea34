import { createContext, type ReactNode, useContext } from 'react'
import { type Api, createApi } from './api.ts'

const ApiContext = createContext<Api | undefined>(undefined)

/** Puts the interface of a region's node (or of the national entrance, for '') within reach of the pages inside. */
export function NodeProvider({ region, children }: { region: string; children: ReactNode }) {
  return <ApiContext value={createApi(region)}>{children}</ApiContext>
}

/** The interface of the node whose page this is. */
export function useApi(): Api {
  const api = useContext(ApiContext)
  if (!api) throw new Error('useApi outside NodeProvider')
  return api
}
