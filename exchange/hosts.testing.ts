import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'

/** How a test plays a host of its own whose network can be cut: Linux network namespaces where they are permitted, else TCP proxies. */
export type HostWay = 'network namespace' | 'TCP proxy'

/** A host on which a program can be run, and which can be cut off. */
export type TestHost = {
  /** The command line that runs a program there. */
  commandLine(program: string, parameters: readonly string[]): [string, string[]]
  /** A NATS address of this machine as it is reached from there. */
  reach(server: string): Promise<string>
  /** From now on nothing comes or goes, and no connection learns of it. */
  cut(): void
  heal(): void
  close(): void
}

/** Which way this machine permits. */
export const hostWay: HostWay = permitsNamespaces() ? 'network namespace' : 'TCP proxy'

/** Opens a host the way that this machine permits. */
export function openTestHost(): TestHost {
  return hostWay === 'network namespace' ? namespaceHost() : proxiedHost()
}

function permitsNamespaces(): boolean {
  try {
    if (!existsSync('/usr/sbin/ip') || process.getuid?.() !== 0) return false
    execFileSync('unshare', ['--net', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A namespace joined to this machine by a pair of virtual cables; cutting takes the cable down. */
function namespaceHost(): TestHost {
  const name = `tb${process.pid}`
  const network = `10.87.${process.pid % 250}`
  const ip = (...parameters: string[]) => execFileSync('/usr/sbin/ip', parameters)
  ip('netns', 'add', name)
  ip('link', 'add', `${name}a`, 'type', 'veth', 'peer', 'name', `${name}b`, 'netns', name)
  ip('addr', 'add', `${network}.1/24`, 'dev', `${name}a`)
  ip('link', 'set', `${name}a`, 'up')
  ip('-n', name, 'addr', 'add', `${network}.2/24`, 'dev', `${name}b`)
  ip('-n', name, 'link', 'set', `${name}b`, 'up')
  return {
    commandLine: (program, parameters) => ['/usr/sbin/ip', ['netns', 'exec', name, program, ...parameters]],
    reach: async (server) => `nats://${network}.1:${new URL(server).port}`,
    cut: () => ip('link', 'set', `${name}a`, 'down'),
    heal: () => ip('link', 'set', `${name}a`, 'up'),
    close: () => {
      ip('link', 'del', `${name}a`)
      ip('netns', 'del', name)
    },
  }
}

/** A proxy before each server; cutting stops what it passes on, in both directions. */
function proxiedHost(): TestHost {
  const sockets = new Set<Socket>()
  const proxies = new Set<ReturnType<typeof createServer>>()
  let isCut = false
  const hold = (socket: Socket) => (isCut ? socket.pause() : socket.resume())
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    return socket
  }
  const setCut = (cut: boolean) => {
    isCut = cut
    for (const socket of sockets) hold(socket)
  }
  return {
    commandLine: (program, parameters) => [program, [...parameters]],
    reach: (server) => {
      const proxy = createServer((incoming) => {
        const outgoing = keep(connect(Number(new URL(server).port), '127.0.0.1'))
        keep(incoming)
          .on('data', (bytes) => outgoing.write(bytes))
          .on('close', () => outgoing.destroy())
        outgoing.on('data', (bytes) => incoming.write(bytes)).on('close', () => incoming.destroy())
        hold(incoming)
        hold(outgoing)
      })
      proxies.add(proxy)
      return new Promise((resolve) => {
        proxy.listen(0, '127.0.0.1', () => {
          const address = proxy.address()
          resolve(`nats://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`)
        })
      })
    },
    cut: () => setCut(true),
    heal: () => setCut(false),
    close: () => {
      for (const socket of sockets) socket.destroy()
      for (const proxy of proxies) proxy.close()
    },
  }
}
