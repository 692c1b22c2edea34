import { placeOfAddress } from '../kit/door.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

const { region, portal } = placeOfAddress(window.location.pathname)
if (region === undefined) (await import('./entrance/start.tsx')).start(root)
else if (portal === 'staff') (await import('./staff/start.tsx')).start(root, region)
else if (portal === 'workbench') (await import('./workbench/start.tsx')).start(root, region)
else (await import('./resident/start.tsx')).start(root, region)
