/** What the tests of the kernel need to boot small machines and to make calls on them. */
@NullMarked
package dev.nommu.kernel.testing;

import org.jspecify.annotations.NullMarked;
