const UNIQUE_VIOLATION = '23505';

/** True when the statement failed because the constraint or unique index of that name forbids it. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && error.code === UNIQUE_VIOLATION) {
    return 'constraint' in error && error.constraint === constraint;
  }
  // Drizzle wraps what the driver threw.
  return isUniqueViolation(error.cause, constraint);
}
