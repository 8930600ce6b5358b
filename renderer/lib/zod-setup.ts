import { z } from 'zod';

// The content security policy forbids `new Function`; zod would probe for it and log a violation.
z.config({ jitless: true });
