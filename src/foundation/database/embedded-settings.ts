import { totalmem } from 'node:os'
import { freeBytes, memoryFolder } from '../files/free-bytes.ts'

const mb = 1024 * 1024

/** What the server is started with: sized by the memory of the machine (or of the container), and never less durable than PostgreSQL's default. */
export function serverSettings(socketDir: string, durable: boolean, memory: number = machineMemory()): Record<string, string> {
  const size = (part: number, least: number, most: number): string => `${Math.round(Math.min(Math.max(memory * part, least * mb), most * mb) / mb)}MB`
  return {
    listen_addresses: '',
    port: String(embeddedPort),
    unix_socket_directories: socketDir,
    unix_socket_permissions: '0700',
    max_connections: '60',
    shared_buffers: size(0.25, 128, 2048),
    effective_cache_size: size(0.5, 256, 1024 * 1024),
    work_mem: size(1 / 512, 8, 64),
    maintenance_work_mem: size(1 / 32, 64, 512),
    dynamic_shared_memory_type: sharedMemory(),
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'Asia/Shanghai',
    log_timezone: 'Asia/Shanghai',
    max_wal_size: '4GB',
    min_wal_size: '256MB',
    checkpoint_timeout: '15min',
    // a refused statement quotes the customer's value: only the server's own affairs go to its log
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    ...(durable ? { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' } : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '1GB', shared_buffers: '256MB', max_connections: '100' }),
  }
}

export const embeddedPort = 5432

function machineMemory(): number {
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}

// Containers give /dev/shm 64 MB; a parallel hash join then fails with "could not resize shared memory segment".
function sharedMemory(): string {
  const free = freeBytes(memoryFolder)
  if (free === null) return process.platform === 'linux' ? 'sysv' : 'posix'
  return free >= 512 * mb ? 'posix' : 'sysv'
}
