import { Avatar } from '@mantine/core';
import { initials } from './format.ts';

const tints = ['moss', 'info', 'amber', 'gray'] as const;

/** The same name has the same tint everywhere. */
function tintOf(name: string): string {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return tints[sum % tints.length] ?? 'gray';
}

interface PersonAvatarProps {
  readonly name: string;
  readonly photoUrl?: string | null;
  /** Diameter in px. */
  readonly size?: number;
  /** Companies are square, people round. */
  readonly company?: boolean;
}

/** A person's photo, or the initials on a quiet tint. The name stands beside it; screen readers skip the picture. */
export function PersonAvatar({ name, photoUrl, size = 28, company = false }: PersonAvatarProps) {
  return (
    <Avatar
      className="tp-avatar"
      src={photoUrl ?? null}
      alt=""
      size={size}
      radius={company ? 'md' : size}
      color={tintOf(name)}
      aria-hidden="true"
    >
      {initials(name)}
    </Avatar>
  );
}
