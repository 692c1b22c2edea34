import { OperatingFailure, type Work } from '../ground/door.ts'
import { endAlerts, raiseAlert } from './alert.ts'
import { canonicalJson } from './canonical.ts'
import {
  directorySm3,
  isDirectorySignedBy,
  isInForce,
  type SignedDirectory,
  schemaSignedDirectory,
} from './directory.ts'
import { defineHandler, type MessageHandler } from './handler.ts'
import { directoryKind } from './introduction.ts'
import type { KeyRing } from './key-ring.ts'
import { findDirectory, type KeyStore, keepDirectory } from './key-store.ts'
import { signAnew } from './signing.ts'

/**
 * Keeps the directory that the hub sends. One that is wrongly signed, or says something else under a number that was heard before, raises an
 * alert and is not believed; one that is signed under a directory still to come is left to be sent again.
 */
export function directoryHandler(keys: KeyStore): MessageHandler {
  return defineHandler({
    kind: directoryKind,
    version: 1,
    schema: schemaSignedDirectory,
    async handle(work, { from, body }) {
      const ring = await keys.read(work)
      const known = await findDirectory(work, body.directory.version)
      const isRight = from === keys.hub && isOfHub(body, keys, ring) && (await agreesWithKnown(work, body, known))
      if (!isRight) await raiseAlert(work, 'directory_wrong', from)
      else if (!known) {
        await keepDirectory(work, body)
        await endAlerts(work, 'directory_behind')
        await signAnew(work, body.directory)
      }
    },
  })
}

/** True when the hub signed it with a key of its own that was in force; throws where that key is not known yet. */
function isOfHub(signed: SignedDirectory, keys: KeyStore, ring: KeyRing): boolean {
  const { directory, signer } = signed
  const known = ring.findKey(keys.hub, signer)
  if (known) {
    return (
      known.revokedAt === null && isInForce(known, directory.issuedAt) && isDirectorySignedBy(signed, known.publicKey)
    )
  }
  if (ring.directoryVersion > 0 && directory.version > ring.directoryVersion) {
    throw new OperatingFailure('directory_behind', { region: keys.hub })
  }
  const pinned = signer === keys.hubFingerprint
  const own = directory.regions.flatMap((region) => region.keys).find(({ fingerprint }) => fingerprint === signer)
  return pinned && own !== undefined && isDirectorySignedBy(signed, own.publicKey)
}

/** A number stands for one directory, and each names the one before; where that was never heard (first contact), there is nothing to compare. */
async function agreesWithKnown(
  work: Work,
  signed: SignedDirectory,
  known: SignedDirectory | undefined,
): Promise<boolean> {
  if (known) return canonicalJson(known) === canonicalJson(signed)
  const before = await findDirectory(work, signed.directory.version - 1)
  return before === undefined || directorySm3(before.directory) === signed.directory.previousSm3
}
