import type { ComponentType } from 'react'
import { Routes } from '../../kit/door.ts'
import { servicePages } from './service-parts.ts'

const routes = servicePages.map(({ path, Component }) => ({ pattern: path, Component }))
const openRoutes = servicePages
  .filter(({ withoutSignIn }) => withoutSignIn)
  .map(({ path, Component }) => ({ pattern: path, Component }))

/** The pages of services; only those that are open to everybody where `isOpenOnly`. */
export function ServiceRoutes({ isOpenOnly, NotFound }: { isOpenOnly: boolean; NotFound: ComponentType }) {
  return <Routes routes={isOpenOnly ? openRoutes : routes} NotFound={NotFound} />
}
