/** Whether a password is hard enough: at least 10 characters with letters and digits, without the staff number, and not the old one. */
export function isStrongPassword(password: string, staffNo: string, old: string | null = null): boolean {
  const length = [...password].length
  return length >= 10 && /\p{L}/u.test(password) && /\d/.test(password) && !password.toLowerCase().includes(staffNo.toLowerCase()) && password !== old
}
