package fr.moncampus.ecal.ops;

import fr.moncampus.ecal.App;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;

/**
 * A command of the other jar, which is opened only for commands that are unknown here, so that the scheduler does not
 * load the sandbox.
 */
public interface MoreCommand extends Callable<Integer> {
    /** All of them. */
    static Iterable<MoreCommand> all() {
        ClassLoader here = App.class.getClassLoader();
        Optional<Path> jar = Places.beside("moncampus-ecal-sandbox.jar");
        if (jar.isEmpty()) {
            return ServiceLoader.load(MoreCommand.class, here);
        }
        try {
            // open as long as the process: a command may load its classes whenever it needs them
            return ServiceLoader.load(
                    MoreCommand.class,
                    new URLClassLoader(new URL[] {jar.get().toUri().toURL()}, here));
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
