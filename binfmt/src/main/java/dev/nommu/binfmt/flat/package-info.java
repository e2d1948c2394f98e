/** bFLT, the flat format of uClinux (rules EXEC-02 to EXEC-05). */
@NullMarked
package dev.nommu.binfmt.flat;

import org.jspecify.annotations.NullMarked;
