package fr.moncampus.ecal.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamedBeansTest {
    @Test
    void aBeanIsFoundByItsNameAndNeverByItsType() {
        NamedBeans beans = new NamedBeans();
        beans.bind("alice-run", "a bean");

        assertThat(beans.lookupByName("alice-run")).isEqualTo("a bean");
        assertThat(beans.lookupByName("bob-run")).isNull();
        assertThat(beans.lookupByNameAndType("alice-run", String.class)).isEqualTo("a bean");
        assertThat(beans.lookupByNameAndType("alice-run", Integer.class)).isNull();
        assertThat(beans.findByType(String.class)).isEmpty();
        assertThat(beans.findByTypeWithName(String.class)).isEmpty();
        assertThat(beans.all()).containsExactly("a bean");
    }
}
