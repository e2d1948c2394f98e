@NullMarked
package dev.nommu.tck.session;

import org.jspecify.annotations.NullMarked;
