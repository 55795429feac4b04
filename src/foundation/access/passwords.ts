import { hash, verify } from '@node-rs/argon2'

// argon2id with 64 MiB and 3 passes: 62 ms where it was measured (tech, section 4)
const cost = { memoryCost: 65_536, timeCost: 3, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), cost)
}

// A stranger's try must take as long as a wrong password of a known person.
const nobodysHash = '$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$8sWWPKqX6WHnkC4sUWwKfZW8SBVVvAvSYpHAhSFk3Hs'

/** False for a wrong password and for a person who does not exist (`stored` null), after the same work. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  const matches = await verify(stored ?? nobodysHash, password.normalize('NFC')).catch(() => false)
  return stored !== null && matches
}
